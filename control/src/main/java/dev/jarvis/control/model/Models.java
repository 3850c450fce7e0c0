package dev.jarvis.control.model;

import dev.jarvis.control.audit.Audit;
import dev.jarvis.control.audit.Target;
import dev.jarvis.control.price.Catalogue;
import dev.jarvis.control.price.NewPrice;
import dev.jarvis.control.price.PriceSource;
import dev.jarvis.control.price.PriceTable;
import dev.jarvis.platform.egress.AddressGuard;
import dev.jarvis.platform.http.Call;
import dev.jarvis.platform.http.Refusal;
import dev.jarvis.platform.id.Uuid7;
import dev.jarvis.platform.input.ExpectedVersion;
import dev.jarvis.platform.input.Fields;
import dev.jarvis.platform.input.PathIds;
import dev.jarvis.platform.vault.Secret;
import dev.jarvis.platform.vault.Vault;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;

import java.net.URI;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * What administrators do with models. Each change is one transaction with its audit record; the gateways hear of it by
 * the tables' notices at commit.
 */
final class Models {
    private static final String UNIQUE_VIOLATION = "23505";

    private final Jdbi jdbi;
    private final AddressGuard guard;
    private final Audit audit;
    private final KeyList keys;
    private final Catalogue catalogue;

    Models(Jdbi jdbi, Vault vault, AddressGuard guard, Audit audit, Catalogue catalogue) {
        this.jdbi = jdbi;
        this.guard = guard;
        this.audit = audit;
        this.keys = new KeyList(vault);
        this.catalogue = catalogue;
    }

    ModelListing.Page search(ModelSearch search) {
        return jdbi.inTransaction(handle -> ModelListing.search(handle, search));
    }

    ModelView find(UUID id) {
        return jdbi.inTransaction(handle -> view(handle, id));
    }

    ModelView create(Call call) {
        return create(call, ModelRequest.read(call, guard));
    }

    /** One of several: refused alone, without harm to the others. */
    ModelView create(Call call, Fields fields) {
        return create(call, ModelRequest.read(fields, guard));
    }

    private ModelView create(Call call, ModelRequest request) {
        boolean fromCatalogue = request.wantsCataloguePrice();
        ModelSettings settings = request.create();
        NewPrice price = fromCatalogue ? cataloguePrice(call, settings) : priceOf(call, settings);
        UUID id = Uuid7.next();
        return inTransaction(handle -> {
            ModelTable.insert(handle, id, settings, price, false);
            request.keys().ifPresent(wanted -> keys.replace(handle, id, wanted));
            ModelView created = keysFit(view(handle, id));
            audit.record(handle, call, "model.create", Target.of("model", id), null, created);
            return created;
        });
    }

    ModelView update(Call call, UUID id) {
        ModelRequest request = ModelRequest.read(call, guard);
        ExpectedVersion expected = ExpectedVersion.of(call);
        return inTransaction(handle -> {
            ModelRow before = lock(handle, id);
            expected.require(before.version(), "model");
            ModelView shownBefore = view(handle, id);
            ModelRow after = before.changedTo(request.over(before.settings()));
            BuiltIn.refuseChange(before, request);
            refuseToMoveKeys(shownBefore, after, request);
            ModelTable.update(handle, after);
            if (!after.settings().pricing().equals(before.settings().pricing())) {
                PriceTable.add(handle, id, priceOf(call, after.settings()));
            }
            request.keys().ifPresent(wanted -> keys.replace(handle, id, wanted));
            ModelView shownAfter = keysFit(view(handle, id));
            audit.record(handle, call, "model.update", Target.of("model", id), shownBefore, shownAfter);
            return shownAfter;
        });
    }

    /** Switches a model on or off, whatever its version. */
    void switchTo(Call call, UUID id, String status) {
        inTransaction(handle -> {
            ModelRow before = lock(handle, id);
            ModelView shownBefore = view(handle, id);
            ModelTable.update(handle, before.changedTo(before.settings().withStatus(status)));
            ModelView shownAfter = view(handle, id);
            audit.record(handle, call, "model.update", Target.of("model", id), shownBefore, shownAfter);
            return shownAfter;
        });
    }

    void delete(Call call, UUID id) {
        ExpectedVersion expected = ExpectedVersion.of(call);
        jdbi.useTransaction(handle -> {
            ModelRow row = lock(handle, id);
            expected.require(row.version(), "model");
            BuiltIn.refuseDelete(row);
            ModelView before = view(handle, id);
            ModelTable.delete(handle, id);
            audit.record(handle, call, "model.delete", Target.of("model", id), before, null);
        });
    }

    /**
     * What a test of a model asks with changes that are not saved, checked as if they were: a kept key goes only where it was
     * given for. Nothing is stored but the audit record: a test costs money and uses a key.
     *
     * @return empty if it is reached as what is saved
     */
    Optional<ModelProbe.Candidate> changed(Call call, UUID id, Fields fields, Optional<UUID> keyId) {
        ModelRequest request = ModelRequest.read(fields, guard);
        return jdbi.inTransaction(handle -> {
            ModelRow before = lock(handle, id);
            ModelView shownBefore = view(handle, id);
            ModelRow after = before.changedTo(request.over(before.settings()));
            keyId.ifPresent(key -> requireKey(shownBefore, key));
            BuiltIn.refuseChange(before, request);
            refuseToMoveKeys(shownBefore, after, request);
            if (request.keys().isEmpty() && after.settings().reaches(before.settings())) {
                audit.record(handle, call, "model.test", Target.of("model", id), null, null);
                return Optional.empty();
            }
            ModelSettings settings = after.settings();
            if (!settings.takesKeys()
                    && !request.keys()
                            .map(List::isEmpty)
                            .orElse(shownBefore.apiKeys().isEmpty())) {
                throw keysNotAllowed();
            }
            Optional<Secret> key = keys.chosen(KeyTable.ofModel(handle, id), request.keys(), keyId);
            audit.record(handle, call, "model.test", Target.of("model", id), null, Tested.of(settings));
            return Optional.of(candidate(settings, key));
        });
    }

    private static void requireKey(ModelView model, UUID keyId) {
        if (model.apiKeys().stream().noneMatch(key -> key.id().equals(keyId))) {
            throw Refusal.badRequest("unknown_key", "The model has no key with this id.", "key_id");
        }
    }

    private static ModelProbe.Candidate candidate(ModelSettings settings, Optional<Secret> key) {
        return new ModelProbe.Candidate(
                URI.create(settings.baseUrl()),
                settings.authType(),
                settings.upstreamModel().orElse(settings.modelId()),
                key);
    }

    /**
     * What a test of a new model asks, checked as if the model were created. Nothing is stored but the audit record, which
     * says where a key was sent.
     */
    ModelProbe.Candidate candidate(Call call) {
        ModelRequest request = ModelRequest.read(call, guard);
        boolean fromCatalogue = request.wantsCataloguePrice();
        ModelSettings settings = request.create();
        if (fromCatalogue) {
            cataloguePrice(call, settings);
        }
        Optional<Secret> key = keys.chosen(Map.of(), request.keys(), Optional.empty());
        if (!settings.takesKeys() && key.isPresent()) {
            throw keysNotAllowed();
        }
        ModelProbe.Candidate candidate = candidate(settings, key);
        Target provider = new Target("provider", candidate.baseUrl().getHost());
        jdbi.useTransaction(handle -> audit.record(handle, call, "model.test", provider, null, Tested.of(settings)));
        return candidate;
    }

    /** What the audit log keeps of a test with settings that are not stored. */
    private record Tested(String modelId, String baseUrl, String authType) {
        static Tested of(ModelSettings settings) {
            return new Tested(settings.modelId(), settings.baseUrl(), settings.authType());
        }
    }

    /**
     * Ends a key's rest on every node: the next call may use it.
     *
     * @throws Refusal 404 {@code key_not_found}, 409 {@code key_corrupt}
     */
    ModelView restoreKey(Call call, UUID id, UUID keyId) {
        return jdbi.inTransaction(handle -> {
            lock(handle, id);
            ModelView before = view(handle, id);
            KeyView key = before.apiKeys().stream()
                    .filter(candidate -> candidate.id().equals(keyId))
                    .findFirst()
                    .orElseThrow(() -> PathIds.notFound("key"));
            if (key.health().state().equals("corrupt")) {
                throw KeyList.corrupt();
            }
            KeyTable.forgetHealth(handle, keyId);
            ModelView after = view(handle, id);
            audit.record(handle, call, "model.key_restore", Target.of("model", id), before, after);
            return after;
        });
    }

    private <T> T inTransaction(Function<Handle, T> act) {
        try {
            return jdbi.inTransaction(act::apply);
        } catch (UnableToExecuteStatementException e) {
            if (e.getCause() instanceof SQLException sql && UNIQUE_VIOLATION.equals(sql.getSQLState())) {
                throw Refusal.conflict("model_exists", "There is a model with this model_id already.", "model_id");
            }
            throw e;
        }
    }

    private NewPrice cataloguePrice(Call call, ModelSettings settings) {
        if (settings.pricing().isPriced()) {
            throw Refusal.badRequest(
                    "invalid_value",
                    "Give the prices, or take the catalogue's with 'price_from_catalogue'; not both.",
                    "price_from_catalogue");
        }
        return catalogue
                .priceOf(
                        settings.provider(),
                        settings.upstreamModel().orElse(settings.modelId()),
                        call.caller().userId())
                .orElseThrow(() -> Catalogue.noSuchPrice("price_from_catalogue"));
    }

    private static NewPrice priceOf(Call call, ModelSettings settings) {
        return settings.pricing().by(PriceSource.ADMIN, call.caller().userId());
    }

    private static ModelRow lock(Handle handle, UUID id) {
        return ModelTable.lock(handle, id).orElseThrow(Models::unknown);
    }

    private static ModelView view(Handle handle, UUID id) {
        return ModelListing.find(handle, id).orElseThrow(Models::unknown);
    }

    private static ModelView keysFit(ModelView model) {
        if (model.authType().equals(AuthType.NONE) && !model.apiKeys().isEmpty()) {
            throw keysNotAllowed();
        }
        return model;
    }

    private static Refusal keysNotAllowed() {
        return Refusal.badRequest(
                "keys_not_allowed",
                "With auth_type 'none' no key is ever sent. Remove the api_keys, or choose another auth_type.",
                "api_keys");
    }

    /**
     * A kept key goes only where it was given for. Otherwise an administrator could read any key by pointing its model
     * at a host of his own, although no answer ever shows it.
     */
    private static void refuseToMoveKeys(ModelView before, ModelRow after, ModelRequest request) {
        URI from = URI.create(before.baseUrl());
        URI to = URI.create(after.settings().baseUrl());
        boolean sameTarget = from.getHost().equals(to.getHost())
                && (from.getScheme().equals(to.getScheme()) || to.getScheme().equals("https"));
        boolean keeps = request.keys()
                .map(wanted -> wanted.stream().anyMatch(key -> key.secret().isEmpty()))
                .orElse(!before.apiKeys().isEmpty());
        if (!sameTarget && keeps) {
            throw Refusal.badRequest(
                    "keys_required",
                    "base_url leads to another host. Send the api_keys for it too; sealed keys are not sent elsewhere.",
                    "api_keys");
        }
    }

    static Refusal unknown() {
        return Refusal.notFound("model_not_found", "There is no model with this id.");
    }

    /** The id of a path; what is not an id names nothing. */
    static UUID id(String text) {
        return Optional.of(text)
                .filter(id -> id.length() == 36)
                .flatMap(Models::parsed)
                .orElseThrow(Models::unknown);
    }

    private static Optional<UUID> parsed(String text) {
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
