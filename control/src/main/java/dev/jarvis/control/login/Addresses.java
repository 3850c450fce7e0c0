package dev.jarvis.control.login;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;

/** Whom an address stands for. */
final class Addresses {
    private static final int NETWORK_BYTES = 8;

    private Addresses() {}

    /** An IPv4 address as it is; of an IPv6 one the first 64 bits, since a household has all the others. */
    static String network(String address) {
        int zone = address.indexOf('%');
        String literal = zone < 0 ? address : address.substring(0, zone);
        try {
            return InetAddress.ofLiteral(literal) instanceof Inet6Address six
                    ? HexFormat.of().formatHex(Arrays.copyOf(six.getAddress(), NETWORK_BYTES))
                    : literal;
        } catch (IllegalArgumentException e) {
            return address;
        }
    }
}
