package io.webchat.socketio.internal.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.socketio.internal.auth.TokenAuthentication;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestClassOrder;

/** The operations of the REST API, then a check that these tests called every documented operation. */
@TestClassOrder(ClassOrderer.OrderAnnotation.class)
class RestTest {
    @Nested
    class CallLogs extends CallLogCases {}

    @Nested
    class Rooms extends RoomCases {}

    @Nested
    class Messages extends MessageCases {}

    @Nested
    class Amendments extends AmendmentCases {}

    @Nested
    class Attachments extends AttachmentCases {}

    @Nested
    class Profiles extends ProfileCases {}

    @Nested
    class Presence extends PresenceCases {}

    @Nested
    class Probes extends ProbeCases {}

    @Nested
    class Strangers extends StrangerCases {}

    /** The last one, when all others have run. */
    @Nested
    @Order(Integer.MAX_VALUE)
    class TheDocument {
        @Test
        void everyOperationWasCalled() {
            assertThat(new TreeSet<>(OpenApi.DOCUMENT.called())).isEqualTo(OpenApi.DOCUMENT.operations());
        }

        @Test
        void everyRouteOfTheServerIsDocumented() {
            try (RestTestServer server = new RestTestServer()) {
                TreeSet<String> routes = new TreeSet<>(new RestDispatcher(
                                server.chat,
                                new TokenAuthentication(
                                        token -> CompletableFuture.failedStage(new IllegalStateException()), 0),
                                0)
                        .operations());
                OpenApi.DOCUMENT.operations().stream()
                        .filter(each -> !each.contains(" /v1/"))
                        .forEach(routes::add);

                assertThat(routes).isEqualTo(OpenApi.DOCUMENT.operations());
            }
        }
    }
}
