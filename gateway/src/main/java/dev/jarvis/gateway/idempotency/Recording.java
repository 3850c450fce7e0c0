package dev.jarvis.gateway.idempotency;

import dev.jarvis.gateway.dialect.bytes.Slice;

import java.io.ByteArrayOutputStream;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Takes down the answer to one request. Belongs to the request's event loop; what is decided first counts. An answer over
 * {@link #MOST_BYTES} is remembered as given, without its text.
 */
public final class Recording {
    /** For requests without a key. */
    public static final Recording NONE = new Recording();

    /** What becomes of the key. */
    interface Ending {
        void keep(KeptAnswer answer);

        void tooLarge();

        void unknown();

        void forget();
    }

    static final int MOST_BYTES = 1024 * 1024;

    private final Optional<Ending> ending;
    private Optional<ByteArrayOutputStream> taken = Optional.of(new ByteArrayOutputStream(0));
    private boolean over;

    Recording(Ending ending) {
        this.ending = Optional.of(ending);
    }

    private Recording() {
        this.ending = Optional.empty();
        this.over = true;
    }

    /** Whether the request came with a key, so that it must not be paid twice. */
    public boolean isPromised() {
        return ending.isPresent();
    }

    /** A piece of a stream. */
    public void add(Slice piece) {
        if (over || taken.isEmpty()) {
            return;
        }
        ByteArrayOutputStream bytes = taken.get();
        if (bytes.size() + piece.length() > MOST_BYTES) {
            taken = Optional.empty();
        } else {
            bytes.write(piece.array(), piece.offset(), piece.length());
        }
    }

    /** The stream is complete with what was added. */
    public void streamed(String contentType) {
        end(ending -> taken.ifPresentOrElse(
                bytes -> ending.keep(new KeptAnswer(200, contentType, bytes.toByteArray())), ending::tooLarge));
    }

    /** A whole answer, the provider's refusal of the request among them: to ask again would bring the same. */
    public void answered(int status, String contentType, Slice body) {
        end(ending -> {
            if (body.length() > MOST_BYTES) {
                ending.tooLarge();
            } else {
                ending.keep(new KeptAnswer(status, contentType, body.toBytes()));
            }
        });
    }

    /** The provider may have answered, and nobody has the answer. */
    public void unknown() {
        end(Ending::unknown);
    }

    /** There is no answer, and none was paid for: the same key may try again. */
    public void failed() {
        end(Ending::forget);
    }

    private void end(Consumer<Ending> how) {
        if (!over) {
            over = true;
            ending.ifPresent(how);
        }
    }
}
