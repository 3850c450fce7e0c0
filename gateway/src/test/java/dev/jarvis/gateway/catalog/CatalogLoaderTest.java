package dev.jarvis.gateway.catalog;

import dev.jarvis.gateway.provider.KeyAilment;
import dev.jarvis.gateway.provider.KeyState;
import dev.jarvis.gateway.provider.KeyTrouble;
import dev.jarvis.gateway.route.KeyHealth;
import dev.jarvis.gateway.route.KeyHealthTable;
import dev.jarvis.platform.money.CountedUnit;
import dev.jarvis.platform.money.Price;
import dev.jarvis.platform.money.TokenClass;
import dev.jarvis.platform.vault.Secret;
import dev.jarvis.platform.vault.Vault;
import dev.jarvis.testkit.Await;
import dev.jarvis.testkit.database.RunningPostgres;
import dev.jarvis.testkit.database.TestDatabase;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.postgres.PostgresPlugin;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;

/** The catalog as it stands in a real database. */
class CatalogLoaderTest {
    private static final UUID MODEL = UUID.fromString("00000000-0000-7000-8000-00000000000a");
    private static final UUID GOOD = UUID.fromString("00000000-0000-7000-8000-00000000000b");
    private static final UUID BAD = UUID.fromString("00000000-0000-7000-8000-00000000000c");

    private final TestDatabase database = RunningPostgres.newDatabase();
    private final Jdbi jdbi = Jdbi.create(database.dataSource()).installPlugin(new PostgresPlugin());
    private boolean sealed;

    /** Opens what begins with the row's own id, as a vault opens only what is bound to its row. */
    private final Vault vault = new Vault() {
        @Override
        public byte[] seal(Secret secret, Place place) {
            return (place.row() + secret.reveal()).getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public Secret open(byte[] bytes, Place place) {
            String text = new String(bytes, StandardCharsets.UTF_8);
            if (!place.column().equals("provider_keys.sealed")
                    || !text.startsWith(place.row().toString())) {
                throw new CorruptSecretException(place);
            }
            return new Secret(text.substring(36));
        }

        @Override
        public boolean isSealed() {
            return sealed;
        }
    };

    private final List<UUID> corrupt = new ArrayList<>();
    private final CatalogLoader loader = new CatalogLoader(jdbi, new SealedKeys(vault, corrupt::add));

    private void addModel(UUID id, String modelId, String status, String baseUrl) {
        database.execute("""
                INSERT INTO llm_models (id, name, model_id, provider, type, type_code, status, base_url, auth_type,
                    key_usage_mode, max_tokens)
                VALUES ('%s', 'N', '%s', 'openai', '生文', 'text', '%s', '%s', 'header:api-key', 'round_robin', 4096)
                """.formatted(id, modelId, status, baseUrl));
        addPrice(id, 3, "now()", "NULL");
    }

    private void addPrice(UUID model, int version, String from, String card) {
        database.execute("""
                INSERT INTO llm_model_prices (model_id, price_version, currency, input_price_nano, output_price_nano, card,
                    effective_from)
                VALUES ('%s', %d, 'USD', 2500000000, 10000000000, %s, %s)
                """.formatted(model, version, card, from));
    }

    private void addKey(UUID id, int position, String sealedText, String status) {
        database.execute(
                "INSERT INTO provider_keys (id, model_id, position, name, sealed, hint, weight, status) VALUES ('%s', '%s', %d, 'k%d', '%s'::bytea, 'd', 2, '%s')"
                        .formatted(id, MODEL, position, position, sealedText, status));
    }

    private List<String> marks() {
        return database.query(
                "SELECT key_id || ' ' || state || ' ' || reason_code FROM provider_key_health ORDER BY key_id");
    }

    @Test
    void k2_loadsEnabledModelsWithTheKeysThatOpenAndMarksTheOthers() {
        addModel(MODEL, "alpha", "enabled", "https://example.com/v1/");
        addModel(UUID.randomUUID(), "off", "disabled", "https://example.com/v1");
        addModel(UUID.randomUUID(), "broken", "enabled", "not a url");
        addKey(GOOD, 2, GOOD + "sk-good", "enabled");
        addKey(BAD, 1, GOOD + "sk-moved", "enabled");
        addKey(UUID.randomUUID(), 3, "x", "disabled");

        Catalog catalog = loader.load();

        assertThat(catalog.byModelId()).containsOnlyKeys("alpha");
        Model model = catalog.find("alpha").orElseThrow();
        assertThat(model.deployment().baseUrl()).hasToString("https://example.com/v1");
        assertThat(model.deployment().auth()).isEqualTo(new AuthScheme.Header("api-key"));
        assertThat(model.deployment().keyMode()).isEqualTo(KeyMode.ROUND_ROBIN);
        assertThat(model.deployment().upstreamModel()).isEqualTo("alpha");
        assertThat(model.deployment().keys()).containsExactly(new ProviderKey(GOOD, "k2", new Secret("sk-good"), 2));
        assertThat(model.price().orElseThrow().rate(TokenClass.OUTPUT)).isEqualTo(10_000_000_000L);
        assertThat(model.price().orElseThrow().version()).isEqualTo(3);
        assertThat(marks()).containsExactly(BAD + " corrupt key_unreadable");
        loader.load();
        assertThat(corrupt).as("told once").containsExactly(BAD);
    }

    @Test
    void thePriceInForceIsTheNewestThatHasBegunAndLaterOnesAreKnown() {
        addModel(MODEL, "alpha", "enabled", "https://example.com/v1/");
        String card = """
                '{"bands": [{"rates": {"input": 1}}, {"service_tier": "flex", "rates": {"input": 7}}],
                  "units": {"searches": 9}}'""";
        addPrice(MODEL, 1, "now() - interval '1 day'", "NULL");
        addPrice(MODEL, 4, "now() + interval '1 hour'", card);
        addPrice(MODEL, 5, "now() + interval '2 hours'", "NULL");

        Catalog catalog = loader.load();

        Instant now = Instant.now();
        assertThat(version(catalog, now)).isEqualTo(3);
        assertThat(version(catalog, now.plusSeconds(3599 - 60))).isEqualTo(3);
        assertThat(version(catalog, now.plusSeconds(3600))).isEqualTo(4);
        assertThat(version(catalog, now.plusSeconds(7200))).isEqualTo(5);
        Price tiered = catalog.find("alpha", InstantSource.fixed(now.plusSeconds(3600)))
                .flatMap(Model::price)
                .orElseThrow();
        assertThat(tiered.band("flex", 1).rates().rate(TokenClass.INPUT)).isEqualTo(7);
        assertThat(tiered.card().unitNano()).containsEntry(CountedUnit.SEARCHES, 9L);
    }

    private static long version(Catalog catalog, Instant at) {
        return catalog.find("alpha", InstantSource.fixed(at))
                .flatMap(Model::price)
                .orElseThrow()
                .version();
    }

    @Test
    void aModelWhosePriceCannotBeReadIsLeftOutAlone() {
        addModel(MODEL, "alpha", "enabled", "https://example.com/v1/");
        addModel(UUID.randomUUID(), "beta", "enabled", "https://example.com/v1/");
        addPrice(MODEL, 4, "now()", "'{\"bands\": [{\"rates\": {\"unheard_of\": 1}}]}'");

        assertThat(loader.load().byModelId()).containsOnlyKeys("beta");
    }

    @Test
    void aKeyThatOpensAgainLosesItsMark() {
        addModel(MODEL, "alpha", "enabled", "https://example.com/v1");
        addKey(BAD, 1, "elsewhere", "enabled");
        loader.load();
        assertThat(marks()).hasSize(1);
        database.execute("UPDATE provider_keys SET sealed = '%s'::bytea".formatted(BAD + "sk-now"));

        new CatalogLoader(jdbi, new SealedKeys(vault, corrupt::add)).load();

        assertThat(marks()).isEmpty();
    }

    @Test
    void aSealedVaultOpensNothing() {
        addModel(MODEL, "alpha", "enabled", "https://example.com/v1");
        addKey(GOOD, 1, GOOD + "sk-good", "enabled");
        sealed = true;

        assertThat(loader.load().find("alpha").orElseThrow().deployment().keys())
                .isEmpty();
        assertThat(marks()).isEmpty();
    }

    @Test
    void oneModelLoadsWhateverItsStatus() {
        addModel(MODEL, "alpha", "disabled", "https://example.com/v1");

        assertThat(loader.loadOne(MODEL).orElseThrow().modelId()).isEqualTo("alpha");
        assertThat(loader.loadOne(UUID.randomUUID())).isEmpty();
    }

    @Test
    void keyHealthIsWrittenAndCleared() {
        addModel(MODEL, "alpha", "enabled", "https://example.com/v1");
        addKey(GOOD, 1, "x", "enabled");
        ProviderKey key = new ProviderKey(GOOD, "k", new Secret("sk-good"), 1);
        ProviderKey deleted = new ProviderKey(BAD, "k", new Secret("sk-gone"), 1);
        try (KeyHealthTable table = new KeyHealthTable(jdbi, UUID.randomUUID())) {
            KeyHealth health = new KeyHealth(Clock.systemUTC(), table);
            KeyAilment refused = new KeyAilment(
                    new KeyTrouble(KeyState.REFUSED, "key_refused", "401"), Optional.of(Duration.ofMinutes(15)));
            health.suffered(deleted, refused);
            health.suffered(key, refused);
            Await.until("the row", () -> marks().equals(List.of(GOOD + " refused key_refused")));
            health.recovered(key);
            Await.until("no row", () -> marks().isEmpty());
        }
    }
}
