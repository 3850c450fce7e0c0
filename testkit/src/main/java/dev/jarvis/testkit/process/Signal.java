package dev.jarvis.testkit.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Stream;

/** A POSIX signal, sent by the system's {@code kill}: the JDK itself can only send TERM and KILL. */
public enum Signal {
    /** The process stands still: its sockets stay open, and nothing answers on them. */
    STOP,
    /** The process goes on where it stood. */
    CONT,
    KILL,
    TERM;

    /** Does nothing if the process is gone. */
    public void sendTo(long pid) {
        send(Stream.of(pid));
    }

    /** To a process and all that it started: the parent first, so that it starts no more of them. */
    public void sendToTree(ProcessHandle root) {
        sendTo(root.pid());
        send(root.descendants().map(ProcessHandle::pid));
    }

    private void send(Stream<Long> pids) {
        List<String> command = Stream.concat(Stream.of("kill", "-" + name()), pids.map(String::valueOf))
                .toList();
        if (command.size() == 2) {
            return;
        }
        try {
            Process kill = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            kill.waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while sending " + this, e);
        }
    }
}
