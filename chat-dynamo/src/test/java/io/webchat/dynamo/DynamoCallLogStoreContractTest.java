package io.webchat.dynamo;

import io.webchat.core.contract.ContractBackend;
import io.webchat.core.contract.calllog.CallLogFixture;
import io.webchat.core.contract.calllog.CallLogStoreContract;
import io.webchat.core.spi.calllog.CallLogStore;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The call log in DynamoDB keeps the contract. DynamoDB Local takes many seconds for the tests of long histories, so
 * they are {@code full} here; the log in memory passes them in each build.
 */
final class DynamoCallLogStoreContractTest implements CallLogStoreContract {
    @Override
    public ContractBackend<CallLogStore> callLogStores() {
        return new CallLogBackend();
    }

    @Override
    @Test
    @Tag("full")
    public void conversations_that_go_on_in_another_order_are_paged_in_the_order_of_their_last_messages(
            CallLogFixture c) {
        CallLogStoreContract.super
                .conversations_that_go_on_in_another_order_are_paged_in_the_order_of_their_last_messages(c);
    }

    @Override
    @Test
    @Tag("full")
    public void blocked_users_do_not_use_the_bound_up_and_count_again_later(CallLogFixture c) {
        CallLogStoreContract.super.blocked_users_do_not_use_the_bound_up_and_count_again_later(c);
    }

    @Override
    @Test
    @Tag("full")
    public void a_long_conversation_is_erased_as_a_whole(CallLogFixture c) {
        CallLogStoreContract.super.a_long_conversation_is_erased_as_a_whole(c);
    }

    @Override
    @Test
    @Tag("full")
    public void counting_ends_at_its_bound(CallLogFixture c) {
        CallLogStoreContract.super.counting_ends_at_its_bound(c);
    }

    @Override
    @Test
    @Tag("full")
    public void own_messages_in_between_do_not_use_the_bound_up(CallLogFixture c) {
        CallLogStoreContract.super.own_messages_in_between_do_not_use_the_bound_up(c);
    }
}
