package dev.jarvis.engine.run;

/** Something that a run tells. @param data JSON, as it is sent */
record Event(int number, String type, String data) {
    boolean isLast() {
        return type.equals("run.done") || type.equals("run.failed");
    }
}
