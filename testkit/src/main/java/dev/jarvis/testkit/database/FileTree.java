package dev.jarvis.testkit.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Directories with all that is in them. */
public final class FileTree {
    private FileTree() {}

    /**
     * What goes away while it is copied is left out: a server may be writing there.
     *
     * @param wanted by the path within the tree
     */
    public static void copy(Path from, Path to, Predicate<Path> wanted) throws IOException {
        for (Path file : files(from)) {
            Path name = from.relativize(file);
            if (!wanted.test(name)) {
                continue;
            }
            try {
                Files.copy(file, to.resolve(name), StandardCopyOption.COPY_ATTRIBUTES);
            } catch (NoSuchFileException goneMeanwhile) {
                if (Files.exists(file)) {
                    throw goneMeanwhile;
                }
            }
        }
    }

    /** The tree, its root too. */
    public static void remove(Path tree) throws IOException {
        for (Path file : files(tree).reversed()) {
            Files.deleteIfExists(file);
        }
    }

    /** A directory before what is in it. */
    private static List<Path> files(Path tree) throws IOException {
        try (Stream<Path> all = Files.walk(tree)) {
            return all.sorted(Comparator.naturalOrder()).toList();
        }
    }
}
