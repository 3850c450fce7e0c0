package dev.jarvis.platform.http;

/** Told of every request that was refused for lack of rights (403), so that the refusal leaves a record. Blocking. */
@FunctionalInterface
public interface Refusals {
    void refused(Call call, Refusal refusal);
}
