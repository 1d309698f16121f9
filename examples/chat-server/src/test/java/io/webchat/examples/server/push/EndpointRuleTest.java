package io.webchat.examples.server.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.webchat.core.ChatException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** G13: no client makes the server post to the machines around it. */
class EndpointRuleTest {
    private final EndpointRule known = EndpointRule.of(List.of(EndpointRule.KNOWN_HOSTS.split(",", -1)));
    private final EndpointRule all = EndpointRule.of(List.of("*"));

    private static InetAddress one(String address) throws IOException {
        return InetAddress.getAllByName(address)[0];
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://fcm.googleapis.com/fcm/send/abc:def",
                "https://updates.push.services.mozilla.com/wpush/v2/gAAA",
                "https://wns2-par02p.notify.windows.com/w/?token=abc",
                "https://web.push.apple.com:443/abc",
                "https://FCM.googleapis.com/fcm/send/abc"
            })
    void thePushServicesOfBrowsersAreKnown(String endpoint) {
        assertThat(known.check(endpoint)).isEqualTo(URI.create(endpoint));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://fcm.googleapis.com/fcm/send/abc",
                "https://fcm.googleapis.com:8443/fcm/send/abc",
                "https://user@fcm.googleapis.com/fcm/send/abc",
                "https://fcm.googleapis.com/fcm#send",
                "https://fcm.googleapis.com.evil.example/",
                "https://evil-push.apple.com.example/",
                "https://push.apple.com/",
                "https://internal.example/",
                "file:///etc/passwd",
                "https:///path",
                "not a url",
                ""
            })
    void G13_otherEndpointsAreRefused(String endpoint) {
        assertThatThrownBy(() -> known.check(endpoint))
                .isInstanceOf(ChatException.class)
                .hasMessageContaining("endpoint");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://127.0.0.1/",
                "https://2130706433/",
                "https://0x7f.1/",
                "https://[::1]/",
                "https://169.254.169.254/latest/meta-data",
                "https://localhost/",
                "https://redis/"
            })
    void G13_addressesAndNamesWithoutADomainAreRefusedEvenIfAllHostsAreTaken(String endpoint) {
        assertThatThrownBy(() -> all.check(endpoint)).isInstanceOf(ChatException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "10.1.2.3",
                "172.16.0.1",
                "192.168.1.1",
                "169.254.169.254",
                "100.64.0.1",
                "0.0.0.0",
                "192.0.0.1",
                "198.18.0.1",
                "224.0.0.1",
                "255.255.255.255",
                "::1",
                "::",
                "fe80::1",
                "fc00::1",
                "fd12::1",
                "ff02::1",
                "::ffff:10.0.0.1",
                "64:ff9b::a00:1",
                "2002:a00:1::1",
                "2001:0:1::1"
            })
    void G13_aNameThatLeadsToThisNetworkIsRefused(String address) throws Exception {
        InetAddress inside = one(address);

        assertThatThrownBy(() -> EndpointRule.requirePublic(one("1.1.1.1"), inside))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("not of the internet");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.1.1.1", "172.32.0.1", "100.128.0.1", "198.20.0.1", "2606:4700::1111"})
    void anAddressOfTheInternetIsTaken(String address) throws Exception {
        EndpointRule.requirePublic(one(address));
    }

    @Test
    void anEndpointThatIsTooLongIsRefused() {
        assertThatThrownBy(() -> known.check("https://fcm.googleapis.com/" + "x".repeat(1_000)))
                .hasMessageContaining("more than 1024 characters");
    }

    @Test
    void aHostThatIsNoneIsRefusedAtTheStart() {
        assertThatThrownBy(() -> EndpointRule.of(List.of("https://push.example")))
                .hasMessageContaining("'https://push.example' is no host");
    }
}
