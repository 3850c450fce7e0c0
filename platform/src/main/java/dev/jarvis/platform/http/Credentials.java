package dev.jarvis.platform.http;

import dev.jarvis.platform.identity.Credential;
import io.vertx.core.MultiMap;

/** Takes a request's credential out of its headers; the same on every route. */
public final class Credentials {
    private Credentials() {}

    /** A header that is given twice is two credentials, whichever of them is meant. */
    public static Credential of(MultiMap headers) {
        if (headers.getAll("authorization").size() > 1
                || headers.getAll("x-api-key").size() > 1) {
            return new Credential.Malformed();
        }
        return Credential.read(headers.get("authorization"), headers.get("x-api-key"));
    }
}
