package dev.jarvis.control.budget;

import dev.jarvis.platform.answer.TaggedReply;
import dev.jarvis.platform.http.Access;
import dev.jarvis.platform.http.BlockingEndpoints;
import dev.jarvis.platform.http.Call;
import dev.jarvis.platform.http.Reply;
import dev.jarvis.platform.input.PageRequest;
import dev.jarvis.platform.input.PathIds;
import dev.jarvis.platform.input.QueryParameters;
import io.vertx.core.http.HttpMethod;

import java.util.List;
import java.util.Set;

/** {@code /api/v1/budgets} for administrators, {@code /api/v1/llm/budgets} for whoever they bind. */
public final class BudgetEndpoint {
    private static final String ALL = "/api/v1/budgets";
    private static final String ONE = ALL + "/{id}";

    private record Own(List<BudgetView> data) {}

    private final Budgets budgets;

    public BudgetEndpoint(Budgets budgets) {
        this.budgets = budgets;
    }

    public void addTo(BlockingEndpoints endpoints) {
        endpoints
                .add(HttpMethod.POST, ALL, Access.ADMIN, this::create)
                .add(HttpMethod.GET, ALL, Access.ADMIN, this::list)
                .add(HttpMethod.GET, ONE, Access.ADMIN, this::get)
                .add(HttpMethod.PUT, ONE, Access.ADMIN, this::change)
                .add(HttpMethod.DELETE, ONE, Access.ADMIN, this::delete)
                .add(HttpMethod.POST, ONE + "/top-up", Access.ADMIN, this::topUp)
                .add(HttpMethod.GET, "/api/v1/llm/budgets", Access.USER, this::own);
    }

    private Reply create(Call call) {
        QueryParameters.none(call);
        return tagged(201, budgets.create(call));
    }

    private Reply list(Call call) {
        QueryParameters query = new QueryParameters(call, Set.of("scope", "subject_id", "status", "page", "page_size"));
        return Reply.ok(budgets.list(BudgetListing.Filter.of(query), PageRequest.of(query)));
    }

    private Reply get(Call call) {
        QueryParameters.none(call);
        return tagged(200, budgets.find(PathIds.read(call, "budget")));
    }

    private Reply change(Call call) {
        QueryParameters.none(call);
        return tagged(200, budgets.change(call, PathIds.read(call, "budget")));
    }

    private Reply delete(Call call) {
        QueryParameters.none(call);
        budgets.delete(call, PathIds.read(call, "budget"));
        return Reply.noContent();
    }

    private Reply topUp(Call call) {
        QueryParameters.none(call);
        return tagged(200, budgets.topUp(call, PathIds.read(call, "budget")));
    }

    private Reply own(Call call) {
        QueryParameters.none(call);
        return Reply.ok(new Own(budgets.binding(call.caller())));
    }

    private static Reply tagged(int status, BudgetView budget) {
        return TaggedReply.of(status, budget, budget.version());
    }
}
