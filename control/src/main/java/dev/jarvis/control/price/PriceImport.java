package dev.jarvis.control.price;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.jarvis.control.audit.Audit;
import dev.jarvis.control.audit.Target;
import dev.jarvis.platform.http.Call;
import dev.jarvis.platform.http.Refusal;
import dev.jarvis.platform.money.RateCard;
import dev.jarvis.platform.money.RateCardText;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import tools.jackson.databind.node.ObjectNode;

import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * Takes the prices of our models from a list of others: all that it changes in one transaction, or, in a dry run, nothing.
 * A price that an administrator set always stays.
 */
final class PriceImport {
    /** How many entries that could not be read are named. */
    private static final int MOST_PROBLEMS = 100;

    private final Jdbi jdbi;
    private final Audit audit;
    private final Catalogue catalogue;
    private final InstantSource clock;

    PriceImport(Jdbi jdbi, Audit audit, Catalogue catalogue, InstantSource clock) {
        this.jdbi = jdbi;
        this.audit = audit;
        this.catalogue = catalogue;
        this.clock = clock;
    }

    /**
     * What the import does, or would do.
     *
     * @param entries that were prices
     * @param problems entries that were none; at most the first hundred
     */
    record Outcome(
            boolean dryRun,
            String format,
            int entries,
            int changed,
            List<Change> models,
            int problemCount,
            List<PriceFile.Problem> problems) {}

    /** Of one model. */
    record Change(
            UUID id,
            String modelId,
            Verdict verdict,
            Optional<String> source,
            Optional<RateCardText> before,
            Optional<RateCardText> after) {}

    enum Verdict {
        /** It gets the list's price. */
        CHANGED,
        /** It has that price. */
        SAME,
        /** An administrator said what it costs. */
        KEPT,
        /** The list does not have it. */
        NOT_LISTED;

        @JsonValue
        String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** @param format empty: it is told by the file's looks */
    Outcome run(Call call, Optional<String> format, boolean dryRun) {
        PriceFile file = read(call, format);
        return jdbi.inTransaction(handle -> {
            List<PricedModel> models = dryRun ? PricedModels.all(handle) : PricedModels.lockAll(handle);
            List<Change> changes = new ArrayList<>();
            for (PricedModel model : models) {
                Optional<CatalogueEntry> entry = Catalogue.find(file.prices(), model.provider(), model.upstreamModel());
                Verdict verdict = verdict(model, entry);
                if (verdict == Verdict.CHANGED && !dryRun) {
                    entry.ifPresent(price -> PriceTable.add(
                            handle,
                            model.id(),
                            price.by(file.source(), call.caller().userId())));
                }
                changes.add(change(model, entry, verdict));
            }
            Outcome outcome = outcome(file, changes, dryRun);
            if (!dryRun) {
                record(handle, call, outcome);
            }
            return outcome;
        });
    }

    private PriceFile read(Call call, Optional<String> format) {
        if (format.equals(Optional.of("catalogue"))) {
            return catalogue.asFile();
        }
        ObjectNode file = call.read(ObjectNode.class);
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        String known = format.orElseGet(() -> LiteLlmFile.looksLike(file)
                ? LiteLlmFile.FORMAT
                : ModelsDevFile.looksLike(file) ? ModelsDevFile.FORMAT : "");
        return switch (known) {
            case LiteLlmFile.FORMAT -> LiteLlmFile.read(file, today);
            case ModelsDevFile.FORMAT -> ModelsDevFile.read(file, today);
            default ->
                throw Refusal.badRequest(
                        "unknown_price_format",
                        "The file is neither LiteLLM's model_prices_and_context_window.json nor models.dev's api.json."
                                + " Name its format with ?format=litellm or ?format=models_dev.",
                        "format");
        };
    }

    private static Verdict verdict(PricedModel model, Optional<CatalogueEntry> entry) {
        if (entry.isEmpty()) {
            return Verdict.NOT_LISTED;
        }
        if (model.card().equals(entry.map(CatalogueEntry::card))) {
            return Verdict.SAME;
        }
        return model.isAdministrators() ? Verdict.KEPT : Verdict.CHANGED;
    }

    private static Change change(PricedModel model, Optional<CatalogueEntry> entry, Verdict verdict) {
        return new Change(
                model.id(),
                model.modelId(),
                verdict,
                entry.map(CatalogueEntry::source),
                text(model.card()),
                text(entry.map(CatalogueEntry::card)));
    }

    private static Optional<RateCardText> text(Optional<RateCard> card) {
        return card.map(RateCardText::of);
    }

    private static Outcome outcome(PriceFile file, List<Change> changes, boolean dryRun) {
        return new Outcome(
                dryRun,
                file.format(),
                file.prices().size(),
                (int) changes.stream()
                        .filter(change -> change.verdict() == Verdict.CHANGED)
                        .count(),
                changes,
                file.problems().size(),
                file.problems().stream().limit(MOST_PROBLEMS).toList());
    }

    /** Each model's change, so that its own history shows who did it; unchanged ones are not in it. */
    private void record(Handle handle, Call call, Outcome outcome) {
        for (Change change : outcome.models()) {
            if (change.verdict() == Verdict.CHANGED) {
                audit.record(
                        handle,
                        call,
                        "price.import",
                        Target.of("model", change.id()),
                        change.before().orElse(null),
                        change.after().orElse(null));
            }
        }
    }
}
