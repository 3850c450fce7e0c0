package dev.jarvis.control.model;

import dev.jarvis.control.price.PriceSource;
import dev.jarvis.platform.money.Currency;
import dev.jarvis.platform.money.Money;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/**
 * The model that comes with the product, so that everything can be tried without a provider key. Its base URL names no
 * host: the gateway knows it, for built-in rows only, as its own demo provider.
 */
public final class DemoModel {
    public static final String MODEL_ID = "demo";
    public static final String BASE_URL = "http://demo.jarvis.invalid/v1";

    /** The same in every installation: its price history, which outlives the row, shows that it was here before. */
    private static final UUID ID = UUID.fromString("019a0000-0000-7000-8000-00000000de30");

    private DemoModel() {}

    /**
     * Adds the demo model to a database that never had it. One that an administrator disabled or removed stays so, and
     * a model of an administrator's own with the same model_id stays as it is.
     *
     * @param enabled whether it can be called at once; otherwise an administrator enables it
     */
    public static void ensure(Jdbi jdbi, boolean enabled) {
        jdbi.useTransaction(handle -> {
            handle.execute("LOCK TABLE llm_models IN SHARE ROW EXCLUSIVE MODE");
            if (!wasHere(handle)) {
                ModelSettings demo = settings(enabled ? "enabled" : "disabled");
                ModelTable.insert(handle, ID, demo, demo.pricing().by(PriceSource.SEED, null), true);
            }
        });
    }

    private static boolean wasHere(Handle handle) {
        return handle.createQuery("""
                        SELECT EXISTS (SELECT 1 FROM llm_model_prices WHERE model_id = :id)
                            OR EXISTS (SELECT 1 FROM llm_models WHERE model_id = :modelId)
                        """)
                .bind("id", ID)
                .bind("modelId", MODEL_ID)
                .mapTo(Boolean.class)
                .one();
    }

    private static ModelSettings settings(String status) {
        Pricing pricing = new Pricing(Currency.USD, dollars("0.50"), dollars("1.50"));
        return new ModelSettings(
                "Demo",
                MODEL_ID,
                "jarvis",
                "生文",
                ModelType.TEXT.code(),
                "内置演示模型，无需密钥。 Built in; answers without a provider key.",
                status,
                BASE_URL,
                AuthType.NONE,
                "single",
                Optional.empty(),
                false,
                OptionalInt.of(4096),
                OptionalInt.of(32_768),
                pricing,
                OptionalInt.empty(),
                OptionalInt.empty());
    }

    private static Optional<Money> dollars(String amount) {
        return Optional.of(Money.of(new BigDecimal(amount), Currency.USD));
    }
}
