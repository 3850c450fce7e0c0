package dev.jarvis.control.login;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Slows down who guesses passwords. Attempts count when they begin, so that many at once cannot slip through, and are
 * taken back when they succeed.
 *
 * <p>The limit of an account over all addresses stops guessing from many machines, and could be abused to keep its owner
 * out. So it is soft: an address that has logged in to the account before is held to its own limits only, and every limit
 * ends by itself. In memory: each node counts for itself, and a restart forgets.
 */
public final class LoginThrottle {
    private static final long MAX_KEYS = 100_000;
    private static final Duration KNOWN_FOR = Duration.ofDays(30);

    /** Whether an attempt may go on. */
    sealed interface Admission {
        record Admitted() implements Admission {}

        /** @param first whether this is the first refusal of the account and address for a while, worth a record */
        record TooMany(Duration retryAfter, boolean first) implements Admission {}
    }

    private record Pair(String account, String address) {}

    private final LoginLimits limits;
    private final LongSupplier nanoTime;
    private final Cache<Pair, SlidingWindow> pairs;
    private final Cache<String, SlidingWindow> addresses;
    private final Cache<String, SlidingWindow> accounts;
    private final Cache<Pair, Boolean> announced;
    private final Cache<Pair, Boolean> known;

    public LoginThrottle(LoginLimits limits) {
        this(limits, System::nanoTime);
    }

    LoginThrottle(LoginLimits limits, LongSupplier nanoTime) {
        this.limits = limits;
        this.nanoTime = nanoTime;
        this.pairs = recent(limits.window());
        this.addresses = recent(limits.window());
        this.accounts = recent(limits.window());
        this.announced = recent(limits.window());
        this.known = recent(KNOWN_FOR);
    }

    /**
     * Counts an attempt, unless there were too many.
     *
     * @param account its id; the name that was tried where there is no such account
     */
    synchronized Admission begin(String account, String remoteAddress) {
        String address = Addresses.network(remoteAddress);
        Pair pair = new Pair(account, address);
        List<SlidingWindow> own = List.of(pairWindow(pair), addressWindow(address));
        SlidingWindow shared = accountWindow(account);
        long now = nanoTime.getAsLong();
        long wait = own.stream().mapToLong(window -> window.waitFrom(now)).max().orElse(0);
        if (known.getIfPresent(pair) == null) {
            wait = Math.max(wait, shared.waitFrom(now));
        }
        if (wait > 0) {
            boolean first = announced.getIfPresent(pair) == null;
            announced.put(pair, true);
            return new Admission.TooMany(Duration.ofNanos(wait), first);
        }
        own.forEach(window -> window.add(now));
        if (shared.waitFrom(now) == 0) {
            shared.add(now);
        }
        return new Admission.Admitted();
    }

    /** The attempt was right: it is taken back, and the address is known to the account from now on. */
    synchronized void succeeded(String account, String remoteAddress) {
        String address = Addresses.network(remoteAddress);
        Pair pair = new Pair(account, address);
        pairs.invalidate(pair);
        addressWindow(address).removeLast();
        accountWindow(account).removeLast();
        known.put(pair, true);
    }

    private SlidingWindow pairWindow(Pair pair) {
        return pairs.get(pair, key -> window(limits.perPair()));
    }

    private SlidingWindow addressWindow(String address) {
        return addresses.get(address, key -> window(limits.perAddress()));
    }

    private SlidingWindow accountWindow(String account) {
        return accounts.get(account, key -> window(limits.perAccount()));
    }

    private SlidingWindow window(int allowed) {
        return new SlidingWindow(allowed, limits.window().toNanos());
    }

    private static <K, V> Cache<K, V> recent(Duration kept) {
        return Caffeine.newBuilder()
                .maximumSize(MAX_KEYS)
                .expireAfterAccess(kept)
                .executor(Runnable::run)
                .build();
    }
}
