package dev.jarvis.gateway.upstream;

/** A provider's name leads to an address that providers may not live at. */
final class ForbiddenAddressException extends Exception {
    ForbiddenAddressException(String host) {
        super("an address of " + host + " is not allowed", null, false, false);
    }
}
