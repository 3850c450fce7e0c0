package dev.jarvis.platform.egress;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The addresses that no public provider lives at: IANA's special-purpose registries (RFC 6890 and its updates), and the
 * metadata services of clouds. IPv6 is judged the other way round: only 2000::/3 is handed out, so all else is special.
 */
final class SpecialNetworks {
    private record Network(Cidr cidr, String what) {}

    private static final List<Network> IPV4 = List.of(
            network("0.0.0.0/8", "an address of this host"),
            network("10.0.0.0/8", "a private address"),
            network("100.64.0.0/10", "an address of a carrier's network"),
            network("127.0.0.0/8", "a loopback address"),
            network("168.63.129.16/32", "a cloud's metadata address"),
            network("169.254.0.0/16", "a link-local address"),
            network("172.16.0.0/12", "a private address"),
            network("192.0.0.0/24", "a reserved address"),
            network("192.0.2.0/24", "a documentation address"),
            network("192.88.99.0/24", "a 6to4 relay"),
            network("192.168.0.0/16", "a private address"),
            network("198.18.0.0/15", "a benchmarking address"),
            network("198.51.100.0/24", "a documentation address"),
            network("203.0.113.0/24", "a documentation address"),
            network("224.0.0.0/4", "a multicast address"),
            network("255.255.255.255/32", "the broadcast address"),
            network("240.0.0.0/4", "a reserved address"));

    private static final List<Network> IPV6 = List.of(
            network("::/128", "an address of this host"),
            network("::1/128", "a loopback address"),
            network("fc00::/7", "a private address"),
            network("fe80::/10", "a link-local address"),
            network("fec0::/10", "a site-local address"),
            network("ff00::/8", "a multicast address"),
            network("2001::/32", "a Teredo address"),
            network("2001::/23", "a reserved address"),
            network("2001:db8::/32", "a documentation address"),
            network("2002::/16", "a 6to4 address"),
            network("3fff::/20", "a documentation address"));

    private static final Cidr GLOBAL_IPV6 = Cidr.of("2000::/3");
    private static final Cidr NAT64 = Cidr.of("64:ff9b::/96");

    /**
     * The local NAT64 prefix (RFC 8215) is a /48 in which the IPv4 address may stand at several places (RFC 6052 §2.2).
     * Only the form with zeros between prefix and address is read: there, all places but the last hold 0.0.0.x.
     */
    private static final Cidr LOCAL_NAT64 = Cidr.of("64:ff9b:1::/96");

    private SpecialNetworks() {}

    /** What is special about an address, in words that follow "is"; empty if it is an ordinary public one. */
    static Optional<String> describe(InetAddress address) {
        return describe(address.getAddress());
    }

    private static Optional<String> describe(byte[] address) {
        if (address.length == 4) {
            return find(IPV4, address);
        }
        if (NAT64.contains(address) || LOCAL_NAT64.contains(address)) {
            return describe(Arrays.copyOfRange(address, 12, 16)).map(what -> what + " behind NAT64");
        }
        Optional<String> special = find(IPV6, address);
        return special.isPresent() || GLOBAL_IPV6.contains(address)
                ? special
                : Optional.of("not a public IPv6 address");
    }

    private static Optional<String> find(List<Network> networks, byte[] address) {
        return networks.stream()
                .filter(network -> network.cidr().contains(address))
                .map(Network::what)
                .findFirst();
    }

    private static Network network(String cidr, String what) {
        return new Network(Cidr.of(cidr), what);
    }
}
