package dev.jarvis.gateway.meter;

/** Lowest and highest count that an attempt can truly have had, where the provider never told. */
record TokenBounds(long inputLow, long inputHigh, long outputLow, long outputHigh) {
    TokenBounds {
        if (inputLow < 0 || inputHigh < inputLow || outputLow < 0 || outputHigh < outputLow) {
            throw new IllegalArgumentException("bounds are not in order");
        }
    }
}
