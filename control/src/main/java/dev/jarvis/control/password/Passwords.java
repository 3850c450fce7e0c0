package dev.jarvis.control.password;

import dev.jarvis.platform.http.Refusal;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Hashes and compares passwords with Argon2id, at OWASP's first choice of parameters unless told otherwise.
 *
 * <p>Each hash is pure CPU on a thread that others need, so only half of the processors hash at a time; a flood of logins
 * waits in line, and is refused after a while, instead of starving the rest of the server.
 */
public final class Passwords {
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final int PATIENCE_SECONDS = 10;
    private static final SecureRandom RANDOM = new SecureRandom();

    /**
     * What a hash costs whoever makes one. Each hash names its own, so that it is read whatever this is.
     *
     * @param memory in KiB
     */
    public record Cost(int memory, int iterations, int lanes) {
        /** OWASP's first choice. */
        public static final Cost OWASP = new Cost(19 * 1024, 2, 1);

        private PhcString phc(byte[] salt, byte[] hash) {
            return new PhcString(memory, iterations, lanes, salt, hash);
        }
    }

    /** What computes a hash. */
    @FunctionalInterface
    public interface Work {
        /** @param length of the hash in bytes */
        byte[] hash(String password, Cost cost, byte[] salt, int length);
    }

    private final Cost cost;
    private final Work work;
    private final Semaphore atOnce =
            new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() / 2), true);
    private final PhcString nobody;

    /** @param cost of the hashes that are made */
    public Passwords(Cost cost) {
        this(cost, Passwords::argon2id);
    }

    /** With hashes from elsewhere: tests count them. */
    public Passwords(Cost cost, Work work) {
        this.cost = cost;
        this.work = work;
        this.nobody = cost.phc(salt(), new byte[HASH_BYTES]);
    }

    /**
     * The hash to store, as a PHC string.
     *
     * @throws Refusal 503 {@code busy}
     */
    public String hash(String password) {
        byte[] salt = salt();
        byte[] hash = inTurn(() -> compute(password, cost.phc(salt, new byte[HASH_BYTES])));
        return cost.phc(salt, hash).text();
    }

    /**
     * Whether the password is the one behind the hash.
     *
     * @param phc {@code null} where there is no such user: costs the same time, and is never right
     * @throws Refusal 503 {@code busy}
     */
    public boolean matches(String password, @Nullable String phc) {
        PhcString wanted = phc == null ? nobody : PhcString.parse(phc);
        byte[] hash = inTurn(() -> compute(password, wanted));
        return MessageDigest.isEqual(hash, wanted.hash()) && phc != null;
    }

    private byte[] inTurn(Supplier<byte[]> work) {
        try {
            if (!atOnce.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw busy();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw busy();
        }
        try {
            return work.get();
        } finally {
            atOnce.release();
        }
    }

    private byte[] compute(String password, PhcString wanted) {
        Cost asStored = new Cost(wanted.memory(), wanted.iterations(), wanted.parallelism());
        return work.hash(password, asStored, wanted.salt(), wanted.hash().length);
    }

    private static byte[] argon2id(String password, Cost cost, byte[] salt, int length) {
        Argon2BytesGenerator argon2 = new Argon2BytesGenerator();
        argon2.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(cost.memory())
                .withIterations(cost.iterations())
                .withParallelism(cost.lanes())
                .withSalt(salt)
                .build());
        byte[] hash = new byte[length];
        argon2.generateBytes(password.getBytes(StandardCharsets.UTF_8), hash);
        return hash;
    }

    private static byte[] salt() {
        byte[] salt = new byte[SALT_BYTES];
        RANDOM.nextBytes(salt);
        return salt;
    }

    private static Refusal busy() {
        return Refusal.unavailable("busy", "Too many logins at once. Try again in a moment.");
    }
}
