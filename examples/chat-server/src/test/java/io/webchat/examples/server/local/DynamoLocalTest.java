package io.webchat.examples.server.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.webchat.core.ids.UserId;
import io.webchat.examples.server.LogLines;
import io.webchat.examples.server.accounts.AccountPart;
import io.webchat.examples.server.accounts.AccountStore;
import io.webchat.examples.server.backends.DynamoBackend;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database process that dies is started again, over the same data and at the same address. */
@Tag("process")
class DynamoLocalTest {
    private static final Duration START = Duration.ofSeconds(60);
    private static final UserId ANN = UserId.of("ann");

    private static Optional<String> find(AccountStore accounts) throws Exception {
        return accounts.find(ANN).toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    @Test
    void G1_aNodeRecoversAfterItsDatabaseProcessDied(@TempDir Path folder) throws Exception {
        try (LogLines log = new LogLines(DynamoLocal.class);
                DynamoLocal local = DynamoLocal.over(folder);
                DynamoBackend backend = DynamoBackend.open(local.address(), "webchat")) {
            AccountStore accounts = backend.accounts(AccountPart.ACCOUNT);
            accounts.add(ANN, "a hash").toCompletableFuture().get(30, TimeUnit.SECONDS);

            local.child().kill();

            await().atMost(START)
                    .ignoreExceptions()
                    .untilAsserted(() -> assertThat(find(accounts)).contains("a hash"));
            await().untilAsserted(() -> assertThat(log.get())
                    .satisfiesExactly(
                            died -> assertThat(died).startsWith("WARN The database process has ended with code 137"),
                            again -> assertThat(again).isEqualTo("INFO The database process runs again")));
        }
    }

    @Test
    void aDatabaseThatIsClosedStaysClosed() {
        try (LogLines log = new LogLines(DynamoLocal.class)) {
            DynamoLocal local = DynamoLocal.inMemory(address -> {});
            DynamoChild child = local.child();

            local.close();

            assertThat(child.ended()).succeedsWithin(Duration.ofSeconds(30));
            assertThat(local.child()).isSameAs(child);
            assertThat(log.get()).isEmpty();
        }
    }

    @Tag("full")
    @Test
    void aDatabaseInMemoryIsFurnishedAnew() {
        try (DynamoLocal local = DynamoLocal.inMemory(
                address -> DynamoBackend.open(address, "webchat").close())) {
            DynamoBackend.open(local.address(), "webchat").close();

            local.child().kill();

            try (DynamoBackend backend = DynamoBackend.open(local.address(), "other")) {
                AccountStore accounts =
                        DynamoBackend.open(local.address(), "webchat").accounts(AccountPart.ACCOUNT);
                await().atMost(START)
                        .ignoreExceptions()
                        .untilAsserted(() -> assertThat(find(accounts)).isEmpty());
                assertThat(backend.check()).succeedsWithin(Duration.ofSeconds(30));
            }
        }
    }
}
