package dev.jarvis.gateway.meter;

/**
 * What content came from the provider so far: the base of an estimate where usage is never reported.
 *
 * @param events stream events with content, or 1 for a whole JSON answer
 * @param contentBytes UTF-8 bytes of generated text (escape sequences counted as sent)
 * @param nonAsciiBytes those of them outside ASCII
 */
public record Delivered(long events, long contentBytes, long nonAsciiBytes) {
    public static final Delivered NOTHING = new Delivered(0, 0, 0);
}
