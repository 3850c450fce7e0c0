package dev.jarvis.gateway.budget;

import dev.jarvis.gateway.catalog.AuthScheme;
import dev.jarvis.gateway.catalog.Deployment;
import dev.jarvis.gateway.catalog.KeyMode;
import dev.jarvis.gateway.catalog.Model;
import dev.jarvis.gateway.limit.Decision;
import dev.jarvis.gateway.limit.Demand;
import dev.jarvis.gateway.limit.Reservation;
import dev.jarvis.gateway.limit.Spent;
import dev.jarvis.platform.http.Refusal;
import dev.jarvis.platform.identity.Identity;
import dev.jarvis.platform.identity.Role;
import dev.jarvis.platform.money.Currency;
import dev.jarvis.platform.money.Price;
import dev.jarvis.platform.notice.PostgresNotices;
import dev.jarvis.platform.postgres.Database;
import dev.jarvis.platform.postgres.DatabaseAddress;
import dev.jarvis.testkit.Await;
import dev.jarvis.testkit.database.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;

import java.net.URI;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The budget engine of one gateway on a database of its own pool, without the gateway around it. */
final class BudgetNode implements AutoCloseable {
    /** A nano-unit for each token that goes in, and one for each that comes out. */
    static final Price PRICE = Price.of(1, Currency.USD, 1_000_000, 1_000_000);

    private final UUID id;
    private final Database database;
    private final PostgresNotices notices;
    private final Context loop;
    private final ExecutorService blocking = Executors.newVirtualThreadPerTaskExecutor();
    final Promise<Void> recovered = Promise.promise();
    final BudgetLimits limits;

    BudgetNode(TestDatabase database, Vertx vertx, UUID id) {
        this.id = id;
        this.loop = vertx.getOrCreateContext();
        this.database = new Database(DatabaseAddress.parse(database.url()));
        try {
            this.notices = PostgresNotices.open(this.database);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        this.limits = BudgetLimits.start(
                this.database.jdbi(), id, notices, new SimpleMeterRegistry(), blocking, recovered.future());
        Await.until("the budgets are loaded", limits::isLoaded);
    }

    static Model model(Optional<Price> price, OptionalInt maxTokens) {
        return new Model(
                "model",
                "model",
                "text",
                "text",
                "",
                false,
                maxTokens,
                OptionalInt.empty(),
                price,
                Instant.EPOCH,
                new Deployment(
                        new UUID(0, 3),
                        "provider",
                        URI.create("http://localhost"),
                        new AuthScheme.Bearer(),
                        KeyMode.SINGLE,
                        "upstream",
                        List.of(),
                        false));
    }

    static Identity caller(UUID user) {
        return new Identity(
                user,
                "user",
                Role.USER,
                Identity.DEFAULT_TEAM,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Instant.MAX);
    }

    static Demand demand(UUID user, long requestBytes, long outputCap) {
        return new Demand(
                caller(user),
                model(Optional.of(PRICE), OptionalInt.empty()),
                requestBytes,
                OptionalLong.of(outputCap),
                1);
    }

    /** What a demand is reserved for. */
    static long hold(Demand demand) {
        return PRICE.ceilingNano(demand.inputHigh(), demand.outputCap().orElseThrow());
    }

    CompletableFuture<Decision> reserve(Demand demand) {
        CompletableFuture<Decision> decided = new CompletableFuture<>();
        loop.runOnContext(ignored -> limits.reserve(demand, loop, decided::complete));
        return decided;
    }

    /** All at once. */
    List<Decision> reserve(Demand demand, int times) {
        List<CompletableFuture<Decision>> decisions = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            decisions.add(reserve(demand));
        }
        return decisions.stream().map(CompletableFuture::join).toList();
    }

    static List<Reservation> admitted(List<Decision> decisions) {
        return decisions.stream()
                .filter(Decision.Reserved.class::isInstance)
                .map(decision -> ((Decision.Reserved) decision).reservation())
                .toList();
    }

    static Refusal refusal(Decision decision) {
        return ((Decision.Refused) decision).refusal();
    }

    /** The request is over and its record shipped. */
    void settle(Reservation reservation, long cost) {
        settle(List.of(reservation), cost);
    }

    /** The requests are over, each at that cost, and their records shipped together. */
    void settle(List<Reservation> reservations, long cost) {
        Spent spent = new Spent(cost, cost);
        CompletableFuture<Void> ended = new CompletableFuture<>();
        loop.runOnContext(ignored -> {
            for (Reservation reservation : reservations) {
                reservation.spent(spent);
                reservation.end();
            }
            ended.complete(null);
        });
        ended.join();
        ship(reservations, spent);
    }

    void ship(List<Reservation> reservations, Spent spent) {
        List<Debit> debits = reservations.stream()
                .map(reservation -> new Debit(UUID.randomUUID(), reservation.claims(), spent))
                .toList();
        database.jdbi().useTransaction(handle -> {
            BudgetBooks books = BudgetBooks.lock(handle, debits);
            books.charge(debits);
            books.write();
        });
    }

    /** It dies without a word. */
    void die() {
        limits.stopWithoutAWord();
        closeTheRest();
    }

    @Override
    public void close() {
        limits.close();
        closeTheRest();
    }

    private void closeTheRest() {
        blocking.close();
        notices.close();
        database.close();
    }

    UUID id() {
        return id;
    }
}
