package io.webchat.dynamo.internal.calllog;

import static io.webchat.dynamo.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.ErrorCode;
import io.webchat.dynamo.DynamoAccess;
import io.webchat.dynamo.DynamoConfig;
import io.webchat.dynamo.LogNode;
import io.webchat.dynamo.internal.table.Item;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/** Items leave in batches, and callers hear of the result of their batch. The test decides when the writer answers. */
final class GroupCommitTest {
    private final TimerThread timer = new TimerThread("test");
    private final List<List<Map<String, AttributeValue>>> batches = new CopyOnWriteArrayList<>();
    private final List<CompletableFuture<List<Map<String, AttributeValue>>>> answers = new CopyOnWriteArrayList<>();

    private GroupCommit commit(int width) {
        DynamoConfig config = DynamoConfig.builder("table")
                .groupCommit(Duration.ofMillis(20))
                .batches(width)
                .build();
        return new GroupCommit(this::write, timer, DynamoAccess.settings(config));
    }

    private CompletionStage<List<Map<String, AttributeValue>>> write(List<GroupCommit.Write> writes) {
        CompletableFuture<List<Map<String, AttributeValue>>> answer = new CompletableFuture<>();
        answers.add(answer);
        batches.add(writes.stream().map(GroupCommit.Write::item).toList());
        return answer;
    }

    private static CompletableFuture<Void> put(GroupCommit commit, int number) {
        return put(commit, number, "content");
    }

    private List<CompletableFuture<Void>> putMany(GroupCommit commit, int count) {
        return together(
                () -> IntStream.range(0, count).mapToObj(i -> put(commit, i)).toList());
    }

    /** Makes these calls while the timer is held, so that the delay of the first item cannot end between them. */
    private <T> T together(Supplier<T> calls) {
        CompletableFuture<Void> made = new CompletableFuture<>();
        timer.after(Duration.ZERO, made::join);
        try {
            return calls.get();
        } finally {
            made.complete(null);
        }
    }

    private static CompletableFuture<Void> put(GroupCommit commit, int number, String content) {
        Map<String, AttributeValue> item =
                Item.of("C#a~b", "M#" + number).with("event", content).map();
        return commit.put(new GroupCommit.Write(item, false), 10).toCompletableFuture();
    }

    @AfterEach
    void close() {
        timer.close();
    }

    @Test
    void items_leave_together_when_a_batch_is_full() {
        GroupCommit commit = commit(8);
        putMany(commit, 50);

        assertThat(batches).hasSize(2).allSatisfy(each -> assertThat(each).hasSize(25));
    }

    @Test
    void an_item_without_others_leaves_alone() {
        GroupCommit commit = commit(8);
        CompletableFuture<Void> lonely = put(commit, 1);
        assertThat(batches).isEmpty();
        await().until(() -> batches.size() == 1);
        assertThat(lonely).isNotDone();
        answers.get(0).complete(List.of());

        assertThat(lonely).isCompleted();
    }

    @Test
    void a_batch_holds_a_key_once_and_the_first_content_stays() {
        GroupCommit commit = commit(8);
        List<CompletableFuture<Void>> puts = together(() -> List.of(put(commit, 1, "first"), put(commit, 1, "again")));
        await().until(() -> batches.size() == 1);
        assertThat(batches.get(0)).extracting(each -> Item.text(each, "event")).containsExactly("first");
        answers.get(0).complete(List.of());

        assertThat(puts).allSatisfy(each -> assertThat(each).isCompleted());
    }

    @Test
    void a_failure_reaches_all_callers_of_the_batch_and_no_others() {
        GroupCommit commit = commit(8);
        List<CompletableFuture<Void>> puts = putMany(commit, 50);
        answers.get(0).completeExceptionally(new IllegalStateException("broken"));

        assertThat(puts.subList(0, 25))
                .allSatisfy(each -> assertThat(LogNode.failure(each)).isEqualTo(ErrorCode.UNAVAILABLE));
        assertThat(puts.subList(25, 50)).allSatisfy(each -> assertThat(each).isNotDone());
    }

    @Test
    void only_so_many_batches_are_under_way_and_the_next_leaves_when_one_is_done() {
        GroupCommit commit = commit(2);
        putMany(commit, 100);
        assertThat(batches).hasSize(2);
        answers.get(0).complete(List.of());

        assertThat(batches).hasSize(3);
    }

    @Test
    void unprocessed_items_are_written_again_without_the_others() {
        GroupCommit commit = commit(8);
        List<CompletableFuture<Void>> puts = putMany(commit, 25);
        List<Map<String, AttributeValue>> left = new ArrayList<>(batches.get(0).subList(20, 25));
        answers.get(0).complete(left);
        assertThat(puts.subList(0, 20)).allSatisfy(each -> assertThat(each).isCompleted());
        await().until(() -> batches.size() == 2);
        assertThat(batches.get(1)).containsExactlyElementsOf(left);
        answers.get(1).complete(List.of());

        assertThat(puts).allSatisfy(each -> assertThat(each).isCompleted());
    }

    /** Leaves every batch unprocessed, as DynamoDB Local does on a full disk, and tells the reason of one item. */
    private record FullDisk(CompletionStage<Void> alone) implements GroupCommit.Writer {
        @Override
        public CompletionStage<List<Map<String, AttributeValue>>> apply(List<GroupCommit.Write> writes) {
            return CompletableFuture.completedFuture(
                    writes.stream().map(GroupCommit.Write::item).toList());
        }

        @Override
        public CompletionStage<Void> applyAlone(GroupCommit.Write write) {
            return alone;
        }
    }

    @Test
    void a_part_that_stays_unprocessed_fails_with_the_reason_of_one_item() {
        AwsServiceException refusal = DynamoDbException.builder()
                .statusCode(500)
                .awsErrorDetails(
                        AwsErrorDetails.builder().errorCode("InternalFailure").build())
                .build();
        GroupCommit commit = new GroupCommit(
                new FullDisk(CompletableFuture.failedFuture(refusal)),
                timer,
                DynamoAccess.settings(DynamoConfig.of("table")));

        assertThat(putMany(commit, 3))
                .allSatisfy(each -> assertThat(LogNode.<String>await(
                                each.handle((done, failure) -> String.valueOf(failure.getMessage()))))
                        .contains("DynamoDB refuses: InternalFailure"));
    }

    @Test
    void an_item_that_is_written_alone_is_done() {
        GroupCommit commit = new GroupCommit(
                new FullDisk(CompletableFuture.completedFuture(null)),
                timer,
                DynamoAccess.settings(DynamoConfig.builder("table")
                        .writeTimeout(Duration.ofSeconds(30))
                        .build()));

        assertThat(put(commit, 1)).succeedsWithin(Duration.ofSeconds(30));
    }
}
