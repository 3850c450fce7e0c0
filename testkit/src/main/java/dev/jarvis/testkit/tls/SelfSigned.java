package dev.jarvis.testkit.tls;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;

/**
 * A certificate for localhost and 127.0.0.1, made in memory and signed by itself. The JDK has no public way to make one,
 * so its DER is written here: RFC 5280 with an ECDSA P-256 key.
 */
public final class SelfSigned {
    private static final char[] PASSWORD = "in-memory".toCharArray();
    private static final byte[] ECDSA_WITH_SHA256 = der(0x30, oid(0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x04, 0x03, 0x02));

    private final KeyPair keys;
    private final X509Certificate certificate;
    private final SSLContext context;

    private SelfSigned(KeyPair keys, X509Certificate certificate, SSLContext context) {
        this.keys = keys;
        this.certificate = certificate;
        this.context = context;
    }

    public static SelfSigned create() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair keys = generator.generateKeyPair();
            X509Certificate certificate = (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(encode(keys)));
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("server", keys.getPrivate(), PASSWORD, new Certificate[] {certificate});
            KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(store, PASSWORD);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), null, null);
            return new SelfSigned(keys, certificate, context);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("no certificate for tests", e);
        }
    }

    public X509Certificate certificate() {
        return certificate;
    }

    /** As servers read it from a file. */
    public String certificatePem() {
        try {
            return pem("CERTIFICATE", certificate.getEncoded());
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Its private key, in the same form. */
    public String keyPem() {
        return pem("PRIVATE KEY", keys.getPrivate().getEncoded());
    }

    /**
     * Writes a trust store that holds nothing but this certificate, as {@code javax.net.ssl.trustStore} names one.
     *
     * @param password of the store
     */
    public void writeTrustStore(Path file, String password) {
        try (OutputStream out = Files.newOutputStream(file)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setCertificateEntry("server", certificate);
            store.store(out, password.toCharArray());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String pem(String what, byte[] der) {
        String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + what + "-----\n" + lines + "\n-----END " + what + "-----\n";
    }

    /** A server's end of TLS over an accepted connection. */
    public Socket serverSide(Socket transport) throws IOException {
        SSLSocket socket = (SSLSocket) context.getSocketFactory()
                .createSocket(transport, transport.getInetAddress().getHostAddress(), transport.getPort(), true);
        socket.setUseClientMode(false);
        return socket;
    }

    private static byte[] encode(KeyPair keys) throws GeneralSecurityException {
        byte[] name = der(0x30, der(0x31, der(0x30, oid(0x55, 0x04, 0x03), text(0x0C, "localhost"))));
        byte[] names = der(0x30, text(0x82, "localhost"), der(0x87, new byte[] {127, 0, 0, 1}));
        byte[] extension = der(0x30, oid(0x55, 0x1D, 0x11), der(0x04, names));
        byte[] content = der(
                0x30,
                der(0xA0, der(0x02, new byte[] {2})),
                der(0x02, BigInteger.valueOf(System.nanoTime()).toByteArray()),
                ECDSA_WITH_SHA256,
                name,
                der(0x30, text(0x17, "200101000000Z"), text(0x17, "491231235959Z")),
                name,
                keys.getPublic().getEncoded(),
                der(0xA3, der(0x30, extension)));
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(keys.getPrivate());
        signature.update(content);
        return der(0x30, content, ECDSA_WITH_SHA256, der(0x03, new byte[] {0}, signature.sign()));
    }

    private static byte[] oid(int... bytes) {
        byte[] content = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            content[i] = (byte) bytes[i];
        }
        return der(0x06, content);
    }

    private static byte[] text(int tag, String text) {
        return der(tag, text.getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] der(int tag, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        int length = content.size();
        if (length > 255) {
            out.write(0x82);
            out.write(length >> 8);
        } else if (length > 127) {
            out.write(0x81);
        }
        out.write(length);
        out.writeBytes(content.toByteArray());
        return out.toByteArray();
    }
}
