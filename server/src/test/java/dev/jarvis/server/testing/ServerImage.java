package dev.jarvis.server.testing;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * The program as tests start it: the class path that they were compiled against, without their own classes, its directories
 * made jars. In a whole run the first test process trains an ahead-of-time cache for it (JEP 514, system property
 * {@code jarvis.test.aot}); some fifty servers are started, and each then costs half as much.
 */
final class ServerImage {
    private static final Path HOME = Path.of("target", "server-image");

    private static final class Made {
        static final ServerImage IMAGE = make();
    }

    private final String classPath;
    private final Path cache;

    private ServerImage(String classPath, Path cache) {
        this.classPath = classPath;
        this.cache = cache;
    }

    /** That of this test run. Made when it is first asked for, once for all test processes. */
    static ServerImage get() {
        return Made.IMAGE;
    }

    /** Options of the JVM. */
    List<String> options() {
        return Files.exists(cache)
                ? List.of("-XX:AOTCache=" + cache, "-Xlog:aot*=off", "-Xlog:cds=off", "-cp", classPath)
                : List.of("-cp", classPath);
    }

    private List<String> trainingOptions(Path output) {
        return List.of("-XX:AOTCacheOutput=" + output, "-Xlog:aot*=off", "-Xlog:cds=off", "-cp", classPath);
    }

    private static ServerImage make() {
        List<Path> entries = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(entry -> !entry.endsWith("test-classes") && Files.exists(entry))
                .toList();
        try {
            Path directory = Files.createDirectories(HOME.toAbsolutePath().resolve(stampOf(entries)));
            ServerImage image = new ServerImage(pathOfJars(entries, directory), directory.resolve("server.aot"));
            if (Boolean.getBoolean("jarvis.test.aot")) {
                image.train(directory);
            }
            return image;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String pathOfJars(List<Path> entries, Path directory) throws IOException {
        try (FileChannel channel = lockFile(directory.resolve("jars.lock"));
                FileLock lock = channel.lock()) {
            List<String> path = new ArrayList<>();
            for (Path entry : entries) {
                path.add((Files.isDirectory(entry) ? jarOf(entry, directory, path.size()) : entry).toString());
            }
            return String.join(File.pathSeparator, path);
        }
    }

    private static Path jarOf(Path classes, Path directory, int place) throws IOException {
        Path jar = directory.resolve(place + ".jar");
        if (Files.exists(jar)) {
            return jar;
        }
        Path unfinished = directory.resolve(place + ".part");
        try (OutputStream file = Files.newOutputStream(unfinished);
                ZipOutputStream zip = new ZipOutputStream(file);
                Stream<Path> tree = Files.walk(classes)) {
            zip.setLevel(Deflater.NO_COMPRESSION);
            for (Path each : tree.filter(Files::isRegularFile).sorted().toList()) {
                zip.putNextEntry(new ZipEntry(classes.relativize(each).toString()));
                Files.copy(each, zip);
            }
        }
        return Files.move(unfinished, jar, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Starts a server once for the cache, unless another test process is at it: that one goes on without meanwhile. */
    private void train(Path directory) throws IOException {
        try (FileChannel channel = lockFile(directory.resolve("training.lock"));
                FileLock lock = channel.tryLock()) {
            if (lock == null || Files.exists(cache)) {
                return;
            }
            Path unfinished = directory.resolve("server.part");
            TestingServer.builder()
                    .startedBy((settings, home) -> ServerProcess.start(trainingOptions(unfinished), settings, home))
                    .start()
                    .close();
            Files.move(unfinished, cache, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private static FileChannel lockFile(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    /** Another one for every class path whose files differ. */
    private static String stampOf(List<Path> entries) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Path entry : entries) {
                try (Stream<Path> files = Files.walk(entry)) {
                    for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                        digest.update((file + " " + Files.size(file) + " " + Files.getLastModifiedTime(file) + "\n")
                                .getBytes(StandardCharsets.UTF_8));
                    }
                }
            }
            return HexFormat.of().formatHex(digest.digest(), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
