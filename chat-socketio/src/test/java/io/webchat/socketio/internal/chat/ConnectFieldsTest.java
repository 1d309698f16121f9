package io.webchat.socketio.internal.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.webchat.core.ChatException;
import io.webchat.core.SessionOptions;
import io.webchat.core.ids.DeviceId;
import io.webchat.socketio.internal.engineio.Handshake;
import io.webchat.socketio.internal.engineio.packet.ProtocolVersion;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The fields of a connecting client mean the same in {@code auth} and in the query. */
final class ConnectFieldsTest {
    private static final InetSocketAddress PEER = InetSocketAddress.createUnresolved("localhost", 1);

    private static SessionOptions auth(String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        return ConnectFields.of(new Handshake(ProtocolVersion.V4, bytes, Map.of(), PEER))
                .options();
    }

    private static SessionOptions query(Map<String, String> values) {
        Map<String, List<String>> query = values.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, each -> List.of(each.getValue())));
        return ConnectFields.of(new Handshake(ProtocolVersion.V3, null, query, PEER))
                .options();
    }

    @Test
    void a_client_names_its_device_its_position_and_the_order() {
        SessionOptions phone =
                SessionOptions.of(DeviceId.of("phone")).withAfter(7).inOrder();

        assertThat(auth("{\"token\":\"t\",\"device\":\"phone\",\"after\":7,\"ordered\":true}"))
                .isEqualTo(phone);
        assertThat(auth("{\"token\":\"t\",\"device\":\"phone\",\"after\":\"7\",\"ordered\":\"true\"}"))
                .isEqualTo(phone);
        assertThat(query(Map.of("device", "phone", "after", "7", "ordered", "true")))
                .isEqualTo(phone);
    }

    @Test
    void a_client_names_its_features_and_unknown_ones_have_no_effect() {
        SessionOptions amending = SessionOptions.of(DeviceId.DEFAULT).amending();

        assertThat(auth("{\"features\":[\"new\",\"amend\"]}")).isEqualTo(amending);
        assertThat(auth("{\"features\":\"amend,new\"}")).isEqualTo(amending);
        assertThat(query(Map.of("features", "amend"))).isEqualTo(amending);
        assertThat(auth("{\"features\":[]}")).isEqualTo(SessionOptions.of(DeviceId.DEFAULT));
        assertThat(auth("{\"features\":null}")).isEqualTo(SessionOptions.of(DeviceId.DEFAULT));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"features\":1}", "{\"features\":{}}", "{\"features\":[1]}", "{\"features\":[null]}"})
    void G13_features_of_another_form_are_refused(String json) {
        assertThatThrownBy(() -> auth(json)).isInstanceOf(ChatException.class);
    }

    @Test
    void a_client_that_names_nothing_gets_the_defaults() {
        SessionOptions defaults = SessionOptions.of(DeviceId.DEFAULT);

        assertThat(auth("{}")).isEqualTo(defaults);
        assertThat(auth("{\"ordered\":false,\"device\":null}")).isEqualTo(defaults);
        assertThat(query(Map.of("ordered", "false"))).isEqualTo(defaults);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"ordered\":1}", "{\"ordered\":\"yes\"}", "{\"ordered\":[]}", "{\"ordered\":\"\"}"})
    void G13_another_value_of_ordered_is_refused(String json) {
        assertThatThrownBy(() -> auth(json)).isInstanceOf(ChatException.class);
    }
}
