package dev.jarvis.platform.http;

/** A blocking endpoint: runs on a virtual thread, may wait for the database. */
@FunctionalInterface
public interface Endpoint {
    /** @throws Refusal to refuse the request; anything else becomes a 500 that says nothing of the inside */
    Reply handle(Call call) throws Exception;
}
