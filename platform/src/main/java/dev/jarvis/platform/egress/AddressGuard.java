package dev.jarvis.platform.egress;

import dev.jarvis.platform.http.Refusal;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Decides which addresses a provider, or a receiver of events, may live at: public ones, and those inside the networks that the operator allowed
 * ({@code JARVIS_UPSTREAM_ALLOW}). Asked when an administrator saves a base URL, and again by the gateway for the very
 * address that it is about to connect to, because a name can answer differently a second time.
 */
public final class AddressGuard {
    /** Names of metadata services. They may not resolve here and still do so on another node. */
    private static final Set<String> METADATA_NAMES = Set.of(
            "metadata.google.internal", "metadata.goog", "metadata", "instance-data", "instance-data.ec2.internal");

    /** How host names become addresses; blocking. */
    @FunctionalInterface
    public interface Resolver {
        InetAddress[] resolve(String host) throws UnknownHostException;
    }

    private final List<Cidr> allowed;
    private final Resolver resolver;

    /** @param allowed networks that are not public and still allowed, and in which plain http is allowed */
    public AddressGuard(List<Cidr> allowed) {
        this(allowed, InetAddress::getAllByName);
    }

    public AddressGuard(List<Cidr> allowed, Resolver resolver) {
        this.allowed = List.copyOf(allowed);
        this.resolver = resolver;
    }

    /** Whether an address may be connected to with TLS. Does not block. */
    public boolean permits(InetAddress address) {
        return isAllowed(address) || SpecialNetworks.describe(address).isEmpty();
    }

    /**
     * Whether an address may be connected to for a URL: as {@link #permits(InetAddress)}, and for plain http only inside
     * the allowed networks. Does not block.
     */
    public boolean permits(URI url, InetAddress address) {
        return "https".equalsIgnoreCase(url.getScheme()) ? permits(address) : isAllowed(address);
    }

    /** @throws Refusal 400 {@code forbidden_target} unless {@link #permits(InetAddress)} */
    public void check(InetAddress address) {
        if (isAllowed(address)) {
            return;
        }
        Optional<String> what = SpecialNetworks.describe(address);
        if (what.isPresent()) {
            throw forbidden(address.getHostAddress() + " is " + what.get()
                    + ". If it is meant, allow its network with JARVIS_UPSTREAM_ALLOW.");
        }
    }

    /**
     * Checks a base URL as it is saved. Blocking: asks the resolver. A name that does not resolve now is let through
     * (the gateway checks what it resolves to later), except with plain http.
     *
     * @return the URL with scheme and host in lower case, without the scheme's own port and without a trailing slash
     * @throws Refusal 400 {@code invalid_base_url} or {@code forbidden_target}
     */
    public URI checkBaseUrl(String text) {
        BaseUrl url = BaseUrl.read(text);
        if (METADATA_NAMES.contains(url.host())) {
            throw forbidden("'" + url.host() + "' is a cloud's metadata service.");
        }
        List<InetAddress> addresses = url.literal().map(List::of).orElseGet(() -> resolve(url.host()));
        addresses.forEach(this::check);
        if (!url.isEncrypted() && (addresses.isEmpty() || !addresses.stream().allMatch(this::isAllowed))) {
            throw forbidden("'base_url' must start with https:// unless its host lies inside JARVIS_UPSTREAM_ALLOW.");
        }
        return url.toUri();
    }

    /**
     * The same for another URL than a provider's. A slash at its end stays.
     *
     * @param param the field that it came in
     * @throws Refusal 400 {@code invalid_url} or {@code forbidden_target}
     */
    public URI checkUrl(String text, String param) {
        try {
            URI url = checkBaseUrl(text);
            boolean slash = text.endsWith("/") && !url.getRawPath().isEmpty();
            return slash ? URI.create(url + "/") : url;
        } catch (Refusal refusal) {
            String code = refusal.code().equals("invalid_base_url") ? "invalid_url" : refusal.code();
            String message = refusal.message().replace("'base_url'", "'" + param + "'");
            throw Refusal.badRequest(code, message, param);
        }
    }

    private boolean isAllowed(InetAddress address) {
        return allowed.stream().anyMatch(network -> network.contains(address));
    }

    private List<InetAddress> resolve(String host) {
        try {
            return List.of(resolver.resolve(host));
        } catch (UnknownHostException e) {
            // RFC 6761 §6.3: such a name means loopback wherever it means anything.
            boolean local = host.equals("localhost") || host.endsWith(".localhost");
            return local ? List.of(InetAddress.ofLiteral("127.0.0.1")) : List.of();
        }
    }

    private static Refusal forbidden(String message) {
        return Refusal.badRequest("forbidden_target", message, "base_url");
    }
}
