package dev.jarvis.gateway.catalog;

import dev.jarvis.platform.vault.Secret;
import dev.jarvis.platform.vault.Vault;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Opens the enabled provider keys. One that does not open is left out, reported once and marked {@code corrupt}. */
public final class SealedKeys {
    private static final Logger LOG = LoggerFactory.getLogger(SealedKeys.class);
    private static final String PLACE = "provider_keys.sealed";

    private static final String ENABLED = """
            SELECT id, model_id, name, sealed, weight
              FROM provider_keys
             WHERE status = 'enabled'
             ORDER BY model_id, position, id
            """;

    private static final String MARK = """
            INSERT INTO provider_key_health (key_id, state, reason_code, reason)
            VALUES (:id, 'corrupt', 'key_unreadable', 'the stored key does not open')
            ON CONFLICT (key_id) DO UPDATE
               SET state = 'corrupt', reason_code = excluded.reason_code, reason = excluded.reason, since = now(), until = NULL
            """;

    /** Also marks of another node or an earlier run: whoever opens a key takes its mark away. */
    private static final String MARKED = "SELECT key_id FROM provider_key_health WHERE state = 'corrupt'";

    private static final String UNMARK = "DELETE FROM provider_key_health WHERE key_id = :id AND state = 'corrupt'";

    private record Row(UUID id, UUID modelId, String name, byte[] sealed, int weight) {}

    private final Vault vault;
    private final CorruptKeys listener;
    private final Set<UUID> corrupt = ConcurrentHashMap.newKeySet();

    public SealedKeys(Vault vault, CorruptKeys listener) {
        this.vault = vault;
        this.listener = listener;
    }

    /** The keys that open, by model. None at all while the vault is sealed. */
    Map<UUID, List<ProviderKey>> openAll(Handle handle) {
        if (vault.isSealed()) {
            return Map.of();
        }
        List<Row> rows = handle.createQuery(ENABLED)
                .map((result, context) -> new Row(
                        result.getObject("id", UUID.class),
                        result.getObject("model_id", UUID.class),
                        result.getString("name"),
                        result.getBytes("sealed"),
                        result.getInt("weight")))
                .list();
        corrupt.addAll(handle.createQuery(MARKED).mapTo(UUID.class).list());
        Map<UUID, List<ProviderKey>> byModel = new HashMap<>();
        for (Row row : rows) {
            open(handle, row)
                    .ifPresent(secret -> byModel.computeIfAbsent(row.modelId(), id -> new ArrayList<>())
                            .add(new ProviderKey(row.id(), row.name(), secret, row.weight())));
        }
        return byModel;
    }

    private Optional<Secret> open(Handle handle, Row row) {
        try {
            Secret secret = vault.open(row.sealed(), new Vault.Place(PLACE, row.id()));
            if (corrupt.remove(row.id())) {
                handle.createUpdate(UNMARK).bind("id", row.id()).execute();
            }
            return Optional.of(secret);
        } catch (Vault.CorruptSecretException e) {
            if (corrupt.add(row.id())) {
                LOG.atError().addKeyValue("provider_key", row.id()).log("A provider key does not open and is not used");
                handle.createUpdate(MARK).bind("id", row.id()).execute();
                listener.found(row.id());
            }
            return Optional.empty();
        }
    }
}
