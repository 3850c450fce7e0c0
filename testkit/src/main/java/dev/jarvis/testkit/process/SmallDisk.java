package dev.jarvis.testkit.process;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A file system of a few MiB in memory, that can be filled up: ENOSPC for whoever writes on. Mounting it takes root. */
public final class SmallDisk implements AutoCloseable {
    private final Path mountPoint;

    private SmallDisk(Path mountPoint) {
        this.mountPoint = mountPoint;
    }

    /**
     * @param mountPoint an existing, empty directory
     * @return empty if this process may not mount
     */
    public static Optional<SmallDisk> mount(Path mountPoint, int mebibytes) {
        return run("mount", "-t", "tmpfs", "-o", "size=" + mebibytes + "m", "tmpfs", mountPoint.toString())
                ? Optional.of(new SmallDisk(mountPoint))
                : Optional.empty();
    }

    public Path directory() {
        return mountPoint;
    }

    /** Somebody else takes all that is left. */
    public void fill() {
        byte[] zeros = new byte[4096];
        try (OutputStream filler = Files.newOutputStream(filler())) {
            while (Files.getFileStore(mountPoint).getUsableSpace() > 0) {
                filler.write(zeros);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** And gives it back. */
    public void free() {
        try {
            Files.deleteIfExists(filler());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path filler() {
        return mountPoint.resolve("filler");
    }

    /** Takes it away even from a process that still has files open on it. */
    @Override
    public void close() {
        if (!run("umount", "--lazy", mountPoint.toString())) {
            throw new IllegalStateException(mountPoint + " could not be unmounted");
        }
    }

    private static boolean run(String... command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0 && output.isEmpty();
        } catch (IOException notInstalled) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
