package dev.jarvis.gateway.meter;

/** How far an open attempt had come. */
record Progress(Delivered delivered, int elapsedMillis) {
    static final Progress NONE = new Progress(Delivered.NOTHING, 0);
}
