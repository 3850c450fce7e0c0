package dev.jarvis.platform.egress;

import dev.jarvis.platform.http.Refusal;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** Rows E of bad-inputs.md, for the one field that carries a URL. */
class AddressGuardTest {
    private static final String PUBLIC = "93.184.215.14";

    private final AddressGuard guard = new AddressGuard(List.of(), AddressGuardTest::resolve);
    private final AddressGuard insideTen =
            new AddressGuard(List.of(Cidr.of("10.1.0.0/16"), Cidr.of("fd00:1::/32")), AddressGuardTest::resolve);

    /** The names of these tests; every other one is unknown. */
    private static InetAddress[] resolve(String host) throws UnknownHostException {
        return switch (host) {
            case "api.openai.com" -> addresses(PUBLIC, "2606:4700::1");
            case "rebound.test" -> addresses("127.0.0.1");
            case "both.test" -> addresses(PUBLIC, "10.0.0.1");
            case "inside.test" -> addresses("10.1.2.3");
            case "half.test" -> addresses("10.1.2.3", PUBLIC);
            default -> throw new UnknownHostException(host);
        };
    }

    private static InetAddress[] addresses(String... literals) {
        return List.of(literals).stream().map(InetAddress::ofLiteral).toArray(InetAddress[]::new);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // E4, E5
                "127.0.0.1",
                "127.255.255.254",
                "0.0.0.0",
                "0.1.2.3",
                // E6
                "::1",
                "::",
                "::ffff:127.0.0.1",
                "::ffff:7f00:1",
                "::127.0.0.1",
                "::8.8.8.8",
                // E7
                "169.254.169.254",
                "fd00:ec2::254",
                "168.63.129.16",
                "192.0.0.192",
                // E8
                "100.64.0.1",
                "100.100.100.200",
                "100.127.255.255",
                // E9
                "64:ff9b::a9fe:a9fe",
                "64:ff9b:1::a9fe:a9fe",
                "64:ff9b:1:a9fe:a9:fe00::",
                "64:ff9b::10.0.0.1",
                "64:ff9b:1:a9fe:a9:fe08:808:808",
                // E10
                "2002:a9fe:a9fe::",
                "2002:808:808::1",
                // E11
                "fec0::1",
                "fe80::1",
                "febf::1",
                "fd00::1",
                "fc00::1",
                "2001:0:53aa:64c:0:fbff:ad01:1",
                // E12
                "10.0.0.1",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.0.1",
                "198.18.0.1",
                "198.19.255.255",
                "224.0.0.1",
                "239.255.255.255",
                "255.255.255.255",
                "240.0.0.1",
                "192.0.0.8",
                "ff02::1",
                "2001:db8::1",
                "100::1",
                "4000::1",
                "5f00::1"
            })
    void e4ToE12_refusesAddressesThatAreNotPublic(String literal) throws Exception {
        InetAddress address = InetAddress.ofLiteral(literal);

        assertThat(guard.permits(address)).isFalse();
        assertThat(refusal(() -> guard.check(address)).code()).isEqualTo("forbidden_target");
    }

    @Test
    void e6_refusesAnIpv4AddressThatStaysDressedAsIpv6() throws Exception {
        byte[] mapped = new byte[16];
        mapped[10] = mapped[11] = (byte) 0xff;
        mapped[12] = 8;
        mapped[15] = 8;

        assertThat(guard.permits(Inet6Address.getByAddress(null, mapped, -1))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8.8.8.8",
                "1.1.1.1",
                "100.63.255.255",
                "100.128.0.1",
                "172.15.255.255",
                "172.32.0.1",
                "192.0.1.1",
                "198.17.255.255",
                "198.20.0.1",
                "223.255.255.255",
                "2606:4700::1111",
                "2a00:1450::1",
                "2001:4860::8888",
                "64:ff9b::8.8.8.8",
                "64:ff9b:1::8.8.8.8"
            })
    void permitsPublicAddresses(String literal) {
        assertThat(guard.permits(InetAddress.ofLiteral(literal))).isTrue();
    }

    @Test
    void permitsWhatTheOperatorAllowedAndNothingBesideIt() {
        assertThat(insideTen.permits(InetAddress.ofLiteral("10.1.255.1"))).isTrue();
        assertThat(insideTen.permits(InetAddress.ofLiteral("fd00:1::7"))).isTrue();
        assertThat(insideTen.permits(InetAddress.ofLiteral("10.2.0.1"))).isFalse();
        assertThat(insideTen.permits(InetAddress.ofLiteral("127.0.0.1"))).isFalse();
    }

    @Test
    void permitsPlainHttpOnlyInsideTheAllowedNetworks() {
        InetAddress inside = InetAddress.ofLiteral("10.1.0.1");
        InetAddress outside = InetAddress.ofLiteral(PUBLIC);

        assertThat(insideTen.permits(URI.create("http://inside.test/v1"), inside))
                .isTrue();
        assertThat(insideTen.permits(URI.create("http://inside.test/v1"), outside))
                .isFalse();
        assertThat(insideTen.permits(URI.create("https://inside.test/v1"), outside))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "https://api.openai.com/v1, https://api.openai.com/v1",
        "HTTPS://API.OpenAI.com:443/v1/, https://api.openai.com/v1",
        "https://api.openai.com, https://api.openai.com",
        "https://api.openai.com/, https://api.openai.com",
        "https://api.openai.com:8443/openai/deployments/gpt-4o, https://api.openai.com:8443/openai/deployments/gpt-4o",
        "https://8.8.8.8/v1, https://8.8.8.8/v1",
        "https://[2606:4700::1]:8443/v1, https://[2606:4700::1]:8443/v1",
        "https://xn--pi-7kc.test/v1, https://xn--pi-7kc.test/v1",
        "https://not-known-here.test/v1, https://not-known-here.test/v1",
    })
    void acceptsAndTidiesBaseUrls(String given, String canonical) {
        assertThat(guard.checkBaseUrl(given)).isEqualTo(URI.create(canonical));
    }

    @ParameterizedTest
    @CsvSource({
        "http://10.1.0.1:8000/v1, http://10.1.0.1:8000/v1",
        "http://inside.test:80/v1, http://inside.test/v1",
        "https://inside.test/v1, https://inside.test/v1",
        "http://[fd00:1::1]/v1, http://[fd00:1::1]/v1",
    })
    void acceptsPlainHttpInsideTheAllowedNetworks(String given, String canonical) {
        assertThat(insideTen.checkBaseUrl(given)).isEqualTo(URI.create(canonical));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "E4 http://127.0.0.1",
                "E4 https://127.0.0.1/v1",
                "E4 http://127.1",
                "E4 https://127.1",
                "E4 https://2130706433",
                "E4 https://0x7f.0.0.1",
                "E4 https://0x7f000001",
                "E4 https://0177.0.0.1",
                "E4 https://127.0.0.01",
                "E4 https://8.8.8.8.8",
                "E4 https://8.8.8",
                "E4 https://256.8.8.8",
                "E4 https://1.0x",
                "E5 http://0.0.0.0",
                "E5 https://0",
                "E6 https://[::1]",
                "E6 https://[::]",
                "E6 https://[::ffff:127.0.0.1]",
                "E6 https://[::ffff:7f00:1]",
                "E6 https://[::ffff:8.8.8.8]",
                "E7 https://169.254.169.254/latest",
                "E7 https://[fd00:ec2::254]",
                "E7 https://metadata.google.internal",
                "E7 https://METADATA.google.internal/v1",
                "E8 https://100.100.100.200",
                "E9 https://[64:ff9b::a9fe:a9fe]",
                "E9 https://[64:ff9b:1::a9fe:a9fe]",
                "E10 https://[2002:a9fe:a9fe::]",
                "E11 https://[fec0::1]",
                "E12 https://192.168.0.1",
                "E12 https://224.0.0.1",
                "E13 https://rebound.test/v1",
                "E14 https://both.test/v1",
                "E22 https://api.openai.com:0/v1",
                "E22 https://api.openai.com:22/v1",
                "E22 https://api.openai.com:25/v1",
                "E22 https://api.openai.com:6379/v1",
                "E22 https://api.openai.com:5432/v1",
                "localhost https://localhost/v1",
                "localhost https://provider.localhost/v1",
                "plain http://api.openai.com/v1",
                "plain http://not-known-here.test/v1",
                "plain http://8.8.8.8/v1",
            })
    void refusesForbiddenTargets(String row, String url) {
        Refusal refusal = refusal(() -> guard.checkBaseUrl(url));

        assertThat(refusal.status()).isEqualTo(400);
        assertThat(refusal.code()).isEqualTo("forbidden_target");
        assertThat(refusal.param()).isEqualTo("base_url");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // E11, E16
                "https://[fe80::1%25eth0]",
                "https://[fe80::1%eth0]",
                "https://api.openai.com@evil.test",
                "https://user:password@evil.test/v1",
                "https://evil.test\\@api.openai.com",
                "https://@evil.test",
                // E17
                "https://evil.test#.openai.azure.com",
                "https://evil.test?.openai.azure.com",
                "https://evil.test/v1?",
                "https://evil.test/v1#",
                // E18, E19
                "https://api.openai.com.",
                "https://api.openai.com./v1",
                "https://\u0430pi.openai.com",
                "https://127\u30020\u30020\u30021",
                "https://\u2460\u2461\u2466.0.0.1",
                "https://\uff11\uff12\uff17.0.0.1",
                // E20
                "https://api.openai.com/../admin",
                "https://api.openai.com/v1/..",
                "https://api.openai.com/./v1",
                "https://api.openai.com/%2e%2e%2fadmin",
                "https://api.openai.com/..;/admin",
                "https://api.openai.com//evil",
                "https://api.openai.com/v1//",
                // E21
                "file:///etc/passwd",
                "gopher://evil.test/",
                "ftp://evil.test/",
                "jar:https://evil.test!/",
                "data:text/plain,x",
                "ldap://evil.test",
                "unix:/var/run/docker.sock",
                "//evil.test",
                "evil.test/v1",
                "https:evil.test",
                "https:/evil.test",
                "https:///v1",
                "https://",
                "",
                " https://api.openai.com",
                // E23
                "https://api.openai.com\r\nHost: evil.test",
                "https://api.openai.com/v1\n",
                "https://api.openai.com/\u0000",
                "https://api.openai.com/a b",
                "https://api.openai.com\t/v1",
                // hosts and ports of no form
                "https://api..openai.com",
                "https://.openai.com",
                "https://-a.test",
                "https://a_b.test",
                "https://a%2eb.test",
                "https://api.openai.com:/v1",
                "https://api.openai.com:65536",
                "https://api.openai.com:0443",
                "https://api.openai.com:99999999999",
                "https://[::1",
                "https://[evil.test]",
                "https://[::g]",
                "https://[]",
                "https://::1/"
            })
    void e16ToE23_refusesWhatIsNotABaseUrl(String url) {
        Refusal refusal = refusal(() -> guard.checkBaseUrl(url));

        assertThat(refusal.status()).isEqualTo(400);
        assertThat(refusal.code()).isEqualTo("invalid_base_url");
        assertThat(refusal.param()).isEqualTo("base_url");
    }

    @Test
    void refusesABaseUrlThatIsTooLong() {
        String url = "https://api.openai.com/" + "a".repeat(2000);

        assertThat(refusal(() -> guard.checkBaseUrl(url)).code()).isEqualTo("invalid_base_url");
    }

    @Test
    void refusesPlainHttpForANameThatIsOnlyPartlyInside() {
        assertThat(refusal(() -> insideTen.checkBaseUrl("http://half.test/v1")).code())
                .isEqualTo("forbidden_target");
    }

    @Test
    void allowingLoopbackLetsLocalhostThrough() {
        AddressGuard local = new AddressGuard(List.of(Cidr.of("127.0.0.0/8")), AddressGuardTest::resolve);

        assertThat(local.checkBaseUrl("http://localhost:11434/v1")).isEqualTo(URI.create("http://localhost:11434/v1"));
        assertThat(refusal(() -> local.checkBaseUrl("http://127.1:11434/v1")).code())
                .isEqualTo("forbidden_target");
    }

    @Test
    void aNameIsAllowedOnlyWithAllOfItsAddresses() {
        AddressGuard.Resolver both = host -> addresses("127.0.0.1", "::1");
        Cidr ipv4 = Cidr.of("127.0.0.0/8");
        AddressGuard half = new AddressGuard(List.of(ipv4), both);
        AddressGuard whole = new AddressGuard(List.of(ipv4, Cidr.of("::1")), both);

        assertThat(refusal(() -> half.checkBaseUrl("http://localhost:11434/v1")).message())
                .contains("JARVIS_UPSTREAM_ALLOW");
        assertThat(whole.checkBaseUrl("http://localhost:11434/v1")).isEqualTo(URI.create("http://localhost:11434/v1"));
    }

    private static Refusal refusal(ThrowingCallable call) {
        return catchThrowableOfType(Refusal.class, call);
    }
}
