package io.webchat.examples.server.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.ids.UserId;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What each store of accounts promises. */
interface AccountStoreContract {
    int RIVALS = 32;

    /** The store as a node sees it; each call is another node where the kind of store knows several. */
    AccountStore node(AccountPart part);

    private AccountStore node() {
        return node(AccountPart.ACCOUNT);
    }

    private static UserId someone() {
        return UserId.of("u" + UUID.randomUUID());
    }

    private static <T> T get(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
    }

    @Test
    default void findsWhatWasAddedAndNobodyElse() {
        AccountStore store = node();
        UserId ann = someone();

        assertThat(get(store.find(ann))).isEmpty();
        assertThat(get(store.add(ann, "$2a$10$hash"))).isTrue();
        assertThat(get(store.find(ann))).hasValue("$2a$10$hash");
        assertThat(get(store.find(someone()))).isEmpty();
    }

    @Test
    default void eachPartHasATextOfItsOwn() {
        UserId ann = someone();
        get(node().add(ann, "a hash"));

        assertThat(get(node(AccountPart.PUSH).find(ann))).isEmpty();
        assertThat(get(node(AccountPart.PUSH).add(ann, "a browser"))).isTrue();
        assertThat(get(node(AccountPart.PUSH).replace(ann, "a hash", "another")))
                .isFalse();
        assertThat(get(node().find(ann))).hasValue("a hash");
        assertThat(get(node(AccountPart.PUSH).find(ann))).hasValue("a browser");
    }

    @Test
    default void keepsTheFirst() {
        AccountStore store = node();
        UserId ann = someone();
        get(store.add(ann, "first"));

        assertThat(get(store.add(ann, "second"))).isFalse();
        assertThat(get(store.find(ann))).hasValue("first");
    }

    @Test
    default void replacesTheExpectedHashAndNoOther() {
        UserId ann = someone();
        get(node().add(ann, "first"));

        assertThat(get(node().replace(ann, "another", "stolen"))).isFalse();
        assertThat(get(node().find(ann))).hasValue("first");
        assertThat(get(node().replace(ann, "first", "second"))).isTrue();
        assertThat(get(node().replace(ann, "first", "second")))
                .as("a repetition")
                .isTrue();
        assertThat(get(node().replace(ann, "first", "third"))).isFalse();
        assertThat(get(node().find(ann))).hasValue("second");
    }

    @Test
    default void makesNoAccountWhereThereIsNone() {
        UserId ann = someone();

        assertThat(get(node().replace(ann, "", "hash"))).isFalse();
        assertThat(get(node().find(ann))).isEmpty();
    }

    @Test
    default void ofManyReplacementsAtOnceOneWins() {
        List<AccountStore> nodes = List.of(node(), node());
        UserId ann = someone();
        get(nodes.get(0).add(ann, "first"));

        List<CompletableFuture<Boolean>> rivals = IntStream.range(0, RIVALS)
                .mapToObj(i -> CompletableFuture.supplyAsync(
                                () -> nodes.get(i % 2).replace(ann, "first", "hash " + i))
                        .thenCompose(replaced -> replaced))
                .toList();

        List<Integer> winners = IntStream.range(0, RIVALS)
                .filter(i -> get(rivals.get(i)))
                .boxed()
                .toList();
        assertThat(winners).hasSize(1);
        assertThat(get(node().find(ann))).hasValue("hash " + winners.get(0));
    }

    @Test
    default void ofManyAtOnceOneWinsAndAllSeeTheSame() {
        List<AccountStore> nodes = List.of(node(), node());
        UserId ann = someone();

        List<CompletableFuture<Boolean>> rivals = IntStream.range(0, RIVALS)
                .mapToObj(i -> CompletableFuture.supplyAsync(
                                () -> nodes.get(i % 2).add(ann, "hash " + i))
                        .thenCompose(added -> added))
                .toList();

        List<Integer> winners = IntStream.range(0, RIVALS)
                .filter(i -> get(rivals.get(i)))
                .boxed()
                .toList();
        assertThat(winners).hasSize(1);
        assertThat(nodes).allSatisfy(node -> assertThat(get(node.find(ann))).hasValue("hash " + winners.get(0)));
    }
}
