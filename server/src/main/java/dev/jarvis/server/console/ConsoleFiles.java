package dev.jarvis.server.console;

import io.vertx.core.buffer.Buffer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What the console consists of, read once.
 *
 * @param index the HTML page; empty if there is no console
 * @param assets all other files, by the paths that they are asked for with
 */
record ConsoleFiles(Optional<String> index, Map<String, StaticFile> assets) {
    private static final String ROOT = "console";
    private static final String INDEX = "/index.html";

    /** Best first. */
    private static final Map<String, String> ENCODINGS = new TreeMap<>(Map.of(".br", "br", ".gz", "gzip"));

    /** Vite's names of files: {@code index-DiwrgTda.js}. */
    private static final String NAMED_BY_CONTENT = "/assets/.+-[A-Za-z0-9_-]{8,}\\.[a-z0-9]+";

    static final ConsoleFiles NONE = new ConsoleFiles(Optional.empty(), Map.of());

    static ConsoleFiles onClassPath(ClassLoader loader) {
        URL index = loader.getResource(ROOT + INDEX);
        if (index == null) {
            return NONE;
        }
        try {
            return index.getProtocol().equals("jar")
                    ? inJar(index)
                    : in(Path.of(index.toURI()).resolveSibling(".").normalize());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ConsoleFiles inJar(URL index) throws IOException, URISyntaxException {
        URI archive = new URI(index.getFile().substring(0, index.getFile().lastIndexOf("!/")));
        try (FileSystem jar = FileSystems.newFileSystem(Path.of(archive))) {
            return in(jar.getPath(ROOT));
        }
    }

    static ConsoleFiles in(Path root) throws IOException {
        Map<String, byte[]> contents = new HashMap<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String path = "/" + root.relativize(file).toString().replace('\\', '/');
                contents.put(path, Files.readAllBytes(file));
            }
        }
        byte[] index = contents.get(INDEX);
        if (index == null) {
            return NONE;
        }
        Map<String, StaticFile> assets = new HashMap<>();
        for (String path : contents.keySet()) {
            if (!path.startsWith(INDEX) && ENCODINGS.keySet().stream().noneMatch(path::endsWith)) {
                assets.put(path, file(path, contents));
            }
        }
        return new ConsoleFiles(Optional.of(new String(index, StandardCharsets.UTF_8)), Map.copyOf(assets));
    }

    private static StaticFile file(String path, Map<String, byte[]> contents) {
        byte[] plain = contents.getOrDefault(path, new byte[0]);
        String hash = hash(plain);
        List<StaticFile.Form> forms = new ArrayList<>();
        ENCODINGS.forEach((ending, encoding) -> {
            byte[] compressed = contents.get(path + ending);
            if (compressed != null) {
                forms.add(new StaticFile.Form(
                        Optional.of(encoding), "\"" + hash + "-" + encoding + "\"", Buffer.buffer(compressed)));
            }
        });
        forms.add(new StaticFile.Form(Optional.empty(), "\"" + hash + "\"", Buffer.buffer(plain)));
        return new StaticFile(MediaType.of(path), path.matches(NAMED_BY_CONTENT), List.copyOf(forms));
    }

    private static String hash(byte[] content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
            return HexFormat.of().formatHex(digest, 0, 12);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
