package dev.jarvis.benchmarks.load;

/** Who is told what happens on a connection. Called on its event loop. */
interface Exchange {

    /** A token came. */
    void token(long dueNanos);

    /** The answer is complete. */
    void answered(ClientConnection connection, int status);

    /** The connection ended; {@code busy} when an answer was still owed. */
    void closed(ClientConnection connection, boolean busy);
}
