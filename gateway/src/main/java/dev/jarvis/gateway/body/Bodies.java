package dev.jarvis.gateway.body;

import dev.jarvis.platform.body.BodyKeys;
import dev.jarvis.platform.notice.Live;
import dev.jarvis.platform.notice.Notices;
import dev.jarvis.platform.vault.Vault;
import io.micrometer.core.instrument.MeterRegistry;
import org.jdbi.v3.core.Jdbi;

import java.util.List;

/** Puts the parts together. */
public final class Bodies {
    private Bodies() {}

    /** @param most bytes that are kept of one body */
    public static BodyLog start(Jdbi jdbi, Vault vault, Notices notices, MeterRegistry registry, int most) {
        Live<BodyPolicies> policies = new Live<>(
                "body policies", BodyPolicies.NONE, () -> BodyPolicies.load(jdbi), notices, List.of("body_policies"));
        return new QueuedBodyLog(policies, new BodyTable(jdbi, new BodyKeys(vault), most), registry);
    }
}
