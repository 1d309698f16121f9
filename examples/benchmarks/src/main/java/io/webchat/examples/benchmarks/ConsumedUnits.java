package io.webchat.examples.benchmarks;

import io.webchat.dynamo.testing.DynamoEndpoint;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.DoubleAdder;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/** Adds up the units that DynamoDB reports for each request of the call log. */
final class ConsumedUnits implements ExecutionInterceptor {
    /** The units by kind of request. */
    enum Kind {
        /** BatchWriteItem: messages and the records of amendments. */
        MESSAGES,
        /** UpdateItem: entries, watermarks and amended messages. */
        ENTRIES,
        /** Query, GetItem and BatchGetItem. */
        READS
    }

    private final Map<Kind, DoubleAdder> units = new ConcurrentHashMap<>();

    /** A client that is counted here; the caller closes it. */
    DynamoDbAsyncClient client(DynamoEndpoint endpoint) {
        return endpoint.builder()
                .overrideConfiguration(each -> each.addExecutionInterceptor(this))
                .build();
    }

    double of(Kind kind) {
        return units.getOrDefault(kind, new DoubleAdder()).sum();
    }

    void reset() {
        units.clear();
    }

    @Override
    public SdkRequest modifyRequest(Context.ModifyRequest context, ExecutionAttributes attributes) {
        SdkRequest request = context.request();
        ReturnConsumedCapacity asked = ReturnConsumedCapacity.TOTAL;
        if (request instanceof BatchWriteItemRequest write) {
            return write.toBuilder().returnConsumedCapacity(asked).build();
        }
        if (request instanceof BatchGetItemRequest get) {
            return get.toBuilder().returnConsumedCapacity(asked).build();
        }
        if (request instanceof GetItemRequest get) {
            return get.toBuilder().returnConsumedCapacity(asked).build();
        }
        if (request instanceof UpdateItemRequest update) {
            return update.toBuilder().returnConsumedCapacity(asked).build();
        }
        if (request instanceof QueryRequest query) {
            return query.toBuilder().returnConsumedCapacity(asked).build();
        }
        return request;
    }

    @Override
    public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
        if (context.response() instanceof BatchWriteItemResponse write) {
            add(Kind.MESSAGES, write.consumedCapacity());
        } else if (context.response() instanceof UpdateItemResponse update) {
            add(Kind.ENTRIES, update.consumedCapacity());
        } else if (context.response() instanceof BatchGetItemResponse get) {
            add(Kind.READS, get.consumedCapacity());
        } else if (context.response() instanceof GetItemResponse get) {
            add(Kind.READS, get.consumedCapacity());
        } else if (context.response() instanceof QueryResponse query) {
            add(Kind.READS, query.consumedCapacity());
        }
    }

    private void add(Kind kind, List<ConsumedCapacity> consumed) {
        consumed.forEach(each -> add(kind, each));
    }

    private void add(Kind kind, @Nullable ConsumedCapacity consumed) {
        if (consumed != null) {
            units.computeIfAbsent(kind, any -> new DoubleAdder()).add(consumed.capacityUnits());
        }
    }
}
