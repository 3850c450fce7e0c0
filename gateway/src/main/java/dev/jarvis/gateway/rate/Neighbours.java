package dev.jarvis.gateway.rate;

/** The gateways that keep limits together. Thread-safe. */
public interface Neighbours {
    /** This gateway's part of a limit, at the moment. Never blocks. */
    Share share();

    /** Tells the others whether this one counts by itself, so that they leave it its share. */
    void countsAlone(boolean alone);
}
