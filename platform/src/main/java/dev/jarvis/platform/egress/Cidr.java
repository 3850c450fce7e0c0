package dev.jarvis.platform.egress;

import java.net.InetAddress;
import java.util.Arrays;

/**
 * A network in CIDR notation, for example {@code 10.0.0.0/8} or {@code fd00::/8}. IPv4 and IPv6 networks never contain
 * each other's addresses.
 */
public final class Cidr {
    private final byte[] network;
    private final int prefixLength;
    private final String text;

    private Cidr(byte[] network, int prefixLength, String text) {
        this.network = network;
        this.prefixLength = prefixLength;
        this.text = text;
    }

    /**
     * Reads {@code address/bits}; an address alone is a network of one.
     *
     * @throws IllegalArgumentException if it is neither, or if bits behind the prefix are set (a slip of the hand that
     *     would open more or less than was meant)
     */
    public static Cidr of(String text) {
        int slash = text.indexOf('/');
        byte[] network = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash))
                .getAddress();
        int bits = slash < 0 ? network.length * 8 : prefixLength(text.substring(slash + 1), network.length * 8);
        Cidr cidr = new Cidr(network, bits, text);
        if (!Arrays.equals(cidr.masked(network), network)) {
            throw new IllegalArgumentException("'" + text + "' has bits set behind its prefix");
        }
        return cidr;
    }

    public boolean contains(InetAddress address) {
        return contains(address.getAddress());
    }

    boolean contains(byte[] address) {
        return address.length == network.length && Arrays.equals(masked(address), network);
    }

    private byte[] masked(byte[] address) {
        byte[] masked = new byte[address.length];
        for (int i = 0; i < address.length; i++) {
            int kept = Math.clamp(prefixLength - i * 8L, 0, 8);
            masked[i] = (byte) (address[i] & (0xff00 >> kept));
        }
        return masked;
    }

    private static int prefixLength(String bits, int most) {
        if (!bits.matches("[0-9]{1,3}") || Integer.parseInt(bits) > most) {
            throw new IllegalArgumentException("'/" + bits + "' is not a prefix length of 0 to " + most);
        }
        return Integer.parseInt(bits);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Cidr cidr && prefixLength == cidr.prefixLength && Arrays.equals(network, cidr.network);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(network) + prefixLength;
    }

    @Override
    public String toString() {
        return text;
    }
}
