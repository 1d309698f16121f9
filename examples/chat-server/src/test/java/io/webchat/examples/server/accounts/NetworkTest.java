package io.webchat.examples.server.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** G13: the addresses of one household count together, and those of different ones do not. */
class NetworkTest {
    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1, true, true",
        "192.0.2.1, 192.0.2.2, false, false",
        "2001:db8:1:2::1, 2001:db8:1:2:ffff::2, true, true",
        "2001:db8:1:2::1, 2001:db8:1:3::1, false, true",
        "2001:db8:1:2::1, 2001:db8:2:2::1, false, false",
    })
    void addressesShareANetworkAndASite(String one, String other, boolean network, boolean site) throws Exception {
        Network first = Network.of(InetAddress.getByName(one));
        Network second = Network.of(InetAddress.getByName(other));

        assertThat(first.equals(second)).isEqualTo(network);
        assertThat(first.site().equals(second.site())).isEqualTo(site);
    }
}
