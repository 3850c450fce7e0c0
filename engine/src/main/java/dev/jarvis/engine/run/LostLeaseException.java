package dev.jarvis.engine.run;

/** Another engine has taken the run over: this one writes no more of it. */
final class LostLeaseException extends RuntimeException {
    LostLeaseException() {
        super("the run belongs to another engine", null, false, false);
    }

    static void unless(boolean written) {
        if (!written) {
            throw new LostLeaseException();
        }
    }
}
