package dev.jarvis.control.price;

import dev.jarvis.control.audit.Audit;
import dev.jarvis.control.audit.Target;
import dev.jarvis.platform.http.Call;
import dev.jarvis.platform.http.Refusal;
import dev.jarvis.platform.input.Fields;
import dev.jarvis.platform.input.PathIds;
import dev.jarvis.platform.money.RateCard;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What administrators do with the price of one model. A change is one transaction with its audit record. */
final class Prices {
    private final Jdbi jdbi;
    private final Audit audit;
    private final Catalogue catalogue;
    private final InstantSource clock;

    Prices(Jdbi jdbi, Audit audit, Catalogue catalogue, InstantSource clock) {
        this.jdbi = jdbi;
        this.audit = audit;
        this.catalogue = catalogue;
        this.clock = clock;
    }

    List<PriceVersion> versions(UUID model) {
        return jdbi.inTransaction(handle -> {
            if (!PricedModels.exists(handle, model)) {
                throw PathIds.notFound("model");
            }
            return PriceTable.versions(handle, model);
        });
    }

    /** Adds a version, which is in force at once or from a time to come. */
    PriceVersion add(Call call, UUID model) {
        NewPrice price = read(call);
        return jdbi.inTransaction(handle -> {
            if (!PricedModels.lock(handle, model)) {
                throw PathIds.notFound("model");
            }
            PriceVersion before = inForce(handle, model).orElse(null);
            long version = PriceTable.add(handle, model, price);
            PriceVersion added = PriceTable.versions(handle, model).stream()
                    .filter(known -> known.priceVersion() == version)
                    .findFirst()
                    .orElseThrow();
            audit.record(handle, call, "price.create", Target.of("model", model), before, added);
            return added;
        });
    }

    private static Optional<PriceVersion> inForce(Handle handle, UUID model) {
        return PriceTable.versions(handle, model).stream()
                .filter(PriceVersion::inForce)
                .findFirst();
    }

    private NewPrice read(Call call) {
        Fields fields = Fields.of(call);
        Optional<Instant> from = fields.instant("effective_from", Optional.empty());
        if (from.isPresent() && from.get().isBefore(clock.instant())) {
            throw Refusal.badRequest(
                    "out_of_range",
                    "'effective_from' lies in the past. What was charged by a wrong price is corrected by re-rating it.",
                    "effective_from");
        }
        String note = fields.paragraph("note", 1000, "");
        UUID actor = call.caller().userId();
        if (fields.has("catalogue")) {
            CatalogueEntry entry = entry(fields);
            fields.refuseOthers();
            NewPrice price = entry.by(PriceSource.CATALOGUE, actor);
            return new NewPrice(
                    price.currency(),
                    price.card(),
                    price.source(),
                    price.sourceName(),
                    price.sourceDate(),
                    note,
                    from,
                    actor);
        }
        RateCard card = RateCardFields.read(fields);
        fields.refuseOthers();
        return new NewPrice(
                card.currency(), Optional.of(card), PriceSource.ADMIN, "", Optional.empty(), note, from, actor);
    }

    private CatalogueEntry entry(Fields fields) {
        Fields named = fields.object("catalogue").orElseThrow();
        named.require("provider", "model");
        String provider = named.line("provider", 64, "");
        String model = named.line("model", 200, "");
        named.refuseOthers();
        return catalogue
                .find(provider, model)
                .filter(entry -> entry.provider().equalsIgnoreCase(provider))
                .orElseThrow(() -> Catalogue.noSuchPrice("catalogue"));
    }
}
