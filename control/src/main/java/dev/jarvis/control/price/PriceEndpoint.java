package dev.jarvis.control.price;

import dev.jarvis.control.audit.Audit;
import dev.jarvis.platform.http.Access;
import dev.jarvis.platform.http.BlockingEndpoints;
import dev.jarvis.platform.http.Call;
import dev.jarvis.platform.http.Reply;
import dev.jarvis.platform.input.PageRequest;
import dev.jarvis.platform.input.PathIds;
import dev.jarvis.platform.input.QueryParameters;
import dev.jarvis.platform.money.RateCardText;
import io.vertx.core.http.HttpMethod;
import org.jdbi.v3.core.Jdbi;

import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Prices of models, the shipped catalogue, and lists of others, for administrators. */
public final class PriceEndpoint {
    /** LiteLLM's file had 1.3 MB in 2026. */
    private static final long FILE_LIMIT = 8 * 1024 * 1024;

    private static final String OF_MODEL = "/api/v1/llm-models/{id}/prices";

    private final Prices prices;
    private final PriceImport imports;
    private final Catalogue catalogue;

    public PriceEndpoint(Jdbi jdbi, Audit audit, Catalogue catalogue, InstantSource clock) {
        this.prices = new Prices(jdbi, audit, catalogue, clock);
        this.imports = new PriceImport(jdbi, audit, catalogue, clock);
        this.catalogue = catalogue;
    }

    public void addTo(BlockingEndpoints endpoints) {
        endpoints
                .add(HttpMethod.GET, OF_MODEL, Access.ADMIN, this::versions)
                .add(HttpMethod.POST, OF_MODEL, Access.ADMIN, this::add)
                .add(HttpMethod.GET, "/api/v1/prices/catalogue", Access.ADMIN, this::search)
                .add(HttpMethod.POST, "/api/v1/prices/import", Access.ADMIN, FILE_LIMIT, this::take);
    }

    private record Versions(List<PriceVersion> data) {}

    private record Entry(String provider, String model, RateCardText price, String source, LocalDate sourceDate) {
        static Entry of(CatalogueEntry entry) {
            return new Entry(
                    entry.provider(), entry.model(), RateCardText.of(entry.card()), entry.source(), entry.sourceDate());
        }
    }

    private record Page(List<Entry> data, long total, int page, int pageSize) {}

    private Reply versions(Call call) {
        QueryParameters.none(call);
        return Reply.ok(new Versions(prices.versions(PathIds.read(call, "model"))));
    }

    private Reply add(Call call) {
        QueryParameters.none(call);
        return Reply.created(prices.add(call, PathIds.read(call, "model")));
    }

    private Reply search(Call call) {
        QueryParameters query = new QueryParameters(call, Set.of("q", "provider", "page", "page_size"));
        PageRequest page = PageRequest.of(query);
        String text = query.text("q").orElse("").toLowerCase(Locale.ROOT);
        String provider = query.text("provider").orElse("");
        List<CatalogueEntry> found = catalogue.entries().stream()
                .filter(entry -> entry.has(text))
                .filter(entry -> provider.isEmpty() || entry.provider().equalsIgnoreCase(provider))
                .toList();
        return Reply.ok(new Page(
                found.stream()
                        .skip(page.offset())
                        .limit(page.pageSize())
                        .map(Entry::of)
                        .toList(),
                found.size(),
                page.page(),
                page.pageSize()));
    }

    private Reply take(Call call) {
        QueryParameters query = new QueryParameters(call, Set.of("format", "dry_run"));
        boolean dryRun = !query.choice("dry_run", List.of("true", "false"))
                .orElse("true")
                .equals("false");
        return Reply.ok(imports.run(
                call, query.choice("format", List.of(LiteLlmFile.FORMAT, ModelsDevFile.FORMAT, "catalogue")), dryRun));
    }
}
