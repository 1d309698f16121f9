package io.webchat.core.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.ErrorCode;
import io.webchat.core.contract.StageResults;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The steps that wait for a slow disk are bounded, and a step that frees something is never refused. */
final class DiskTest {
    @Test
    void G18_steps_up_to_the_limit_wait_and_one_more_is_unavailable() {
        try (Disk disk = new Disk()) {
            CompletableFuture<Void> goOn = new CompletableFuture<>();
            List<CompletableFuture<Void>> begun = new ArrayList<>();
            CompletableFuture<Void> next = disk.run(goOn::join);
            while (!next.isCompletedExceptionally()) {
                begun.add(next);
                assertThat(begun).hasSizeLessThan(2 * Disk.MAX_WAITING);
                next = disk.run(goOn::join);
            }

            assertThat(begun).hasSizeGreaterThanOrEqualTo(Disk.MAX_WAITING);
            StageResults.assertRefused(ErrorCode.UNAVAILABLE, next);
            CompletableFuture<Void> freed = disk.free(() -> {});
            goOn.complete(null);
            StageResults.await(freed);
            StageResults.awaitAll(begun);
            StageResults.await(disk.run(() -> {}));
        }
    }
}
