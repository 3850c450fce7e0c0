package dev.jarvis.server;

import dev.jarvis.platform.postgres.EmbeddedPostgres;
import dev.jarvis.platform.settings.Settings;
import io.vertx.core.transport.Transport;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Java, the network and the disk. */
record MachineCheck(Settings settings) {
    private static final int JAVA = 25;
    private static final long LITTLE_SPACE = 1L << 30;

    List<Finding> findings() {
        return List.of(java(), transport(), directory(), space(), port());
    }

    private static Finding java() {
        String text = "Java " + Runtime.version();
        return Runtime.version().feature() >= JAVA
                ? new Finding.Fine(text)
                : new Finding.Broken(text + ": needs " + JAVA);
    }

    private static Finding transport() {
        return Transport.EPOLL != null && Transport.EPOLL.available()
                ? new Finding.Fine("native transport: epoll")
                : new Finding.Notable("no native transport here: Java's own is used, about a fifth slower");
    }

    private Finding directory() {
        Path existing = nearestExisting();
        return Files.isWritable(existing)
                ? new Finding.Fine("data directory " + settings.dataDirectory() + " can be written")
                : new Finding.Broken(
                        "data directory " + settings.dataDirectory() + ": " + existing + " cannot be written");
    }

    private Finding space() {
        try {
            long free = Files.getFileStore(nearestExisting()).getUsableSpace();
            String text = "disk: " + (free >> 20) + " MiB free for the data directory";
            return free < LITTLE_SPACE ? new Finding.Notable(text + ", which is little") : new Finding.Fine(text);
        } catch (IOException e) {
            return new Finding.Notable("disk: free space unknown (" + e.getMessage() + ")");
        }
    }

    private Path nearestExisting() {
        Path path = settings.dataDirectory();
        while (!Files.exists(path) && path.getParent() != null) {
            path = path.getParent();
        }
        return path;
    }

    private Finding port() {
        Settings.ListenAddress listen = settings.listen();
        String where = listen.host() + ":" + listen.port();
        try (ServerSocket socket = new ServerSocket(listen.port(), 1, InetAddress.getByName(listen.host()))) {
            return new Finding.Fine("address " + where + " is free (" + socket.getLocalPort() + ")");
        } catch (IOException e) {
            return EmbeddedPostgres.running(settings.dataDirectory()).isPresent()
                    ? new Finding.Fine(
                            "address " + where + " is taken, probably by the Jarvis that runs on this data directory")
                    : new Finding.Broken("address " + where + " cannot be listened on: " + e.getMessage());
        }
    }
}
