package dev.jarvis.platform.egress;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.InetAddress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class CidrTest {
    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.255.255, true",
        "10.0.0.0/8, 11.0.0.0, false",
        "172.16.0.0/12, 172.31.0.1, true",
        "172.16.0.0/12, 172.32.0.1, false",
        "192.168.7.9, 192.168.7.9, true",
        "192.168.7.9, 192.168.7.8, false",
        "0.0.0.0/0, 8.8.8.8, true",
        "0.0.0.0/0, ::1, false",
        "::/0, 8.8.8.8, false",
        "fd00:1::/33, fd00:1:7fff::1, true",
        "fd00:1::/33, fd00:1:8000::1, false",
    })
    void containsTheAddressesBehindItsPrefix(String cidr, String address, boolean contained) {
        assertThat(Cidr.of(cidr).contains(InetAddress.ofLiteral(address))).isEqualTo(contained);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/",
                "10.0.0.1/8",
                "::1/64",
                "host/8",
                "10/8/8",
                "fd00::/129"
            })
    void refusesWhatIsNotANetwork(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Cidr.of(text));
    }
}
