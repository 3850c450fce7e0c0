package dev.jarvis.platform.postgres;

import dev.jarvis.platform.start.SecretFile;
import dev.jarvis.platform.vault.Secret;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;

/** The two passwords of the embedded server, made at random once and kept in a file that only its owner can read. */
record EmbeddedPasswords(Secret superuser, Secret application) {

    static EmbeddedPasswords readOrMake(Path file) throws IOException {
        if (!Files.exists(file)) {
            SecretFile.write(file, random() + "\n" + random() + "\n");
        }
        return read(file);
    }

    static EmbeddedPasswords read(Path file) {
        List<String> lines = SecretFile.read(file).lines().toList();
        return new EmbeddedPasswords(new Secret(lines.get(0)), new Secret(lines.get(1)));
    }

    private static String random() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
