package dev.jarvis.platform.identity;

import org.jdbi.v3.core.Jdbi;

import java.util.UUID;

/** One database and the nodes on it. Access tokens name it, so that another installation's are refused. */
public record Installation(UUID id) {
    /** Reads it from the database, which got it with the first migration. */
    public static Installation read(Jdbi jdbi) {
        return new Installation(jdbi.withHandle(handle -> handle.createQuery("SELECT id FROM installation")
                .mapTo(UUID.class)
                .one()));
    }

    String issuer() {
        return "urn:jarvis:" + id;
    }

    String audience() {
        return issuer() + ":api";
    }

    /** Of delegated tokens, which are good for models only. */
    String modelsAudience() {
        return issuer() + ":models";
    }
}
