package dev.jarvis.control.price;

import dev.jarvis.platform.http.Refusal;
import dev.jarvis.platform.input.Fields;
import dev.jarvis.platform.json.Json;
import dev.jarvis.platform.money.RateCard;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The prices that come with the product: public facts, each with its source and date. They are offered, and used only where
 * an administrator says so.
 */
public final class Catalogue {
    private static final String FILE = "catalogue.jsonl";

    /** The day that providers put behind the names of fixed versions: claude-sonnet-4-5-20250929, gpt-4o-2024-08-06. */
    private static final Pattern DAY = Pattern.compile("-(20[0-9]{6}|20[0-9]{2}-[0-9]{2}-[0-9]{2})$");

    private final List<CatalogueEntry> entries;

    private Catalogue(List<CatalogueEntry> entries) {
        this.entries = List.copyOf(entries);
    }

    /** Reads what is shipped. */
    public static Catalogue shipped() {
        try (InputStream file = Objects.requireNonNull(Catalogue.class.getResourceAsStream(FILE))) {
            return new Catalogue(new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> entry(Fields.of(Json.MAPPER.readValue(line, ObjectNode.class))))
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<CatalogueEntry> entries() {
        return entries;
    }

    /**
     * The entry of a model by the provider's name of it, with or without the day of its version. A name that several
     * providers use needs the right one.
     */
    Optional<CatalogueEntry> find(String provider, String model) {
        return find(entries, provider, model);
    }

    static Optional<CatalogueEntry> find(List<CatalogueEntry> entries, String provider, String model) {
        String name = model.toLowerCase(Locale.ROOT);
        Optional<CatalogueEntry> exact = named(entries, provider, name);
        return exact.isPresent()
                ? exact
                : named(entries, provider, DAY.matcher(name).replaceFirst(""));
    }

    /** The version that a model's entry makes. */
    public Optional<NewPrice> priceOf(String provider, String model, UUID actor) {
        return find(provider, model).map(entry -> entry.by(PriceSource.CATALOGUE, actor));
    }

    /** What a model costs at its provider. */
    public Optional<RateCard> cardOf(String provider, String model) {
        return find(provider, model).map(CatalogueEntry::card);
    }

    /** @param param the field that asks for it */
    public static Refusal noSuchPrice(String param) {
        return Refusal.badRequest(
                "no_catalogue_price",
                "The catalogue has no price of this model. Look for it with GET /api/v1/prices/catalogue, or give the price.",
                param);
    }

    PriceFile asFile() {
        return new PriceFile("catalogue", PriceSource.CATALOGUE, entries, List.of());
    }

    private static Optional<CatalogueEntry> named(List<CatalogueEntry> entries, String provider, String name) {
        List<CatalogueEntry> found = entries.stream()
                .filter(entry -> entry.model().toLowerCase(Locale.ROOT).equals(name))
                .toList();
        return found.size() == 1
                ? Optional.of(found.getFirst())
                : found.stream()
                        .filter(entry -> entry.provider().equalsIgnoreCase(provider))
                        .findFirst();
    }

    private static CatalogueEntry entry(Fields fields) {
        CatalogueEntry entry = new CatalogueEntry(
                fields.line("provider", 64, ""),
                fields.line("model", 200, ""),
                RateCardFields.read(fields),
                fields.line("source", 400, ""),
                LocalDate.parse(fields.line("source_date", 10, "")));
        fields.refuseOthers();
        return entry;
    }
}
