package dev.jarvis.benchmarks.wire;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;

import javax.net.ssl.KeyManagerFactory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A certificate for localhost that lives as long as one run. It is its own authority: whoever is to trust it is given
 * {@link #pem} as an extra trusted certificate, and nobody has to switch verification off.
 *
 * @param pem the certificate, for those who connect
 * @param store the key with its certificate, for the mock upstream
 * @param trustStore the certificate once more, for JVMs that connect
 */
public record Certificate(Path pem, Path store, Path trustStore) {

    private static final String PASSWORD = "benchmark";

    /** Makes one in {@code directory} with the JDK's keytool. */
    public static Certificate create(Path directory) throws IOException, InterruptedException {
        Path store = directory.resolve("upstream.p12");
        Path pem = directory.resolve("upstream.pem");
        keytool(List.of(
                "-genkeypair",
                "-alias",
                "upstream",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost,ip:127.0.0.1",
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keystore",
                store.toString()));
        keytool(List.of(
                "-exportcert",
                "-rfc",
                "-alias",
                "upstream",
                "-storepass",
                PASSWORD,
                "-keystore",
                store.toString(),
                "-file",
                pem.toString()));
        Path trustStore = directory.resolve("trust.p12");
        keytool(List.of(
                "-importcert",
                "-noprompt",
                "-alias",
                "upstream",
                "-file",
                pem.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keystore",
                trustStore.toString()));
        return new Certificate(pem, store, trustStore);
    }

    private static void keytool(List<String> arguments) throws IOException, InterruptedException {
        var command = new java.util.ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(arguments);
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException("keytool could not make the certificate of the mock upstream");
        }
    }

    /** Options for a JVM that is to trust this certificate and no other. */
    public String jvmOptions() {
        return "-Djavax.net.ssl.trustStore=" + trustStore + " -Djavax.net.ssl.trustStorePassword=" + PASSWORD;
    }

    /** For the side that answers. */
    public SslContext serving() throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys, PASSWORD.toCharArray());
        return SslContextBuilder.forServer(factory).build();
    }

    /** For the side that asks. */
    public SslContext trusting() throws IOException {
        return SslContextBuilder.forClient().trustManager(pem.toFile()).build();
    }
}
