package io.webchat.dynamo;

import io.webchat.dynamo.testing.DynamoServers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.function.Predicate;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * Sits between an adapter and DynamoDB. It records requests and the units they consume, throttles some requests,
 * shortens batches, and loses requests or answers.
 */
public final class Wiretap implements ExecutionInterceptor {
    private static final ExecutionAttribute<Map<String, List<WriteRequest>>> LEFT_OUT =
            new ExecutionAttribute<>("webchat-left-out");

    public final ConcurrentLinkedQueue<SdkRequest> requests = new ConcurrentLinkedQueue<>();
    /** Consumed units by operation. */
    public final Map<String, DoubleAdder> units = new ConcurrentHashMap<>();
    /** Requests that DynamoDB throttles. */
    public volatile Predicate<SdkRequest> throttled = request -> false;
    /** Requests that DynamoDB forbids, as it does when a right is missing. */
    public volatile Predicate<SdkRequest> forbidden = request -> false;
    /** Requests that never reach DynamoDB. */
    public volatile Predicate<SdkRequest> cut = request -> false;
    /** Requests that DynamoDB carries out, but whose answers are lost. */
    public volatile Predicate<SdkRequest> lost = request -> false;
    /** Writes of a batch that stay unprocessed; the first write of a batch never does. */
    public volatile Predicate<WriteRequest> unprocessed = write -> false;

    /** A client that goes through here and retries nothing by itself. */
    public DynamoDbAsyncClient client() {
        return DynamoServers.shared()
                .builder()
                .overrideConfiguration(
                        each -> each.addExecutionInterceptor(this).retryStrategy(DefaultRetryStrategy.doNotRetry()))
                .build();
    }

    /** How many requests of this type were sent. */
    public long count(Class<? extends SdkRequest> type) {
        return requests.stream().filter(type::isInstance).count();
    }

    /** The units of these operations together. */
    public double units(String... operations) {
        double sum = 0;
        for (String operation : operations) {
            sum += units.getOrDefault(operation, new DoubleAdder()).sum();
        }
        return sum;
    }

    /** Forgets requests and units. */
    public void reset() {
        requests.clear();
        units.clear();
    }

    @Override
    public SdkRequest modifyRequest(Context.ModifyRequest context, ExecutionAttributes attributes) {
        SdkRequest request = context.request();
        if (request instanceof BatchWriteItemRequest batch) {
            return shortened(batch, attributes);
        }
        if (request instanceof BatchGetItemRequest get) {
            return get.toBuilder()
                    .returnConsumedCapacity(ReturnConsumedCapacity.INDEXES)
                    .build();
        }
        if (request instanceof UpdateItemRequest update) {
            return update.toBuilder()
                    .returnConsumedCapacity(ReturnConsumedCapacity.INDEXES)
                    .build();
        }
        if (request instanceof GetItemRequest get) {
            return get.toBuilder()
                    .returnConsumedCapacity(ReturnConsumedCapacity.INDEXES)
                    .build();
        }
        if (request instanceof PutItemRequest put) {
            return put.toBuilder()
                    .returnConsumedCapacity(ReturnConsumedCapacity.INDEXES)
                    .build();
        }
        if (request instanceof QueryRequest query) {
            return query.toBuilder()
                    .returnConsumedCapacity(ReturnConsumedCapacity.INDEXES)
                    .build();
        }
        return request;
    }

    private SdkRequest shortened(BatchWriteItemRequest batch, ExecutionAttributes attributes) {
        String table = batch.requestItems().keySet().iterator().next();
        List<WriteRequest> all = batch.requestItems().getOrDefault(table, List.of());
        List<WriteRequest> left = new ArrayList<>(all.subList(1, all.size()));
        left.removeIf(unprocessed.negate());
        List<WriteRequest> kept = new ArrayList<>(all);
        kept.removeAll(left);
        attributes.putAttribute(LEFT_OUT, left.isEmpty() ? Map.of() : Map.of(table, left));
        return batch.toBuilder()
                .requestItems(Map.of(table, kept))
                .returnConsumedCapacity(ReturnConsumedCapacity.INDEXES)
                .build();
    }

    @Override
    public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
        requests.add(context.request());
        if (cut.test(context.request())) {
            throw SdkClientException.create("cut");
        }
        if (forbidden.test(context.request())) {
            throw DynamoDbException.builder()
                    .statusCode(400)
                    .awsErrorDetails(AwsErrorDetails.builder()
                            .errorCode("AccessDeniedException")
                            .errorMessage("not authorized")
                            .build())
                    .message("not authorized")
                    .build();
        }
        if (throttled.test(context.request())) {
            throw ProvisionedThroughputExceededException.builder()
                    .statusCode(400)
                    .awsErrorDetails(AwsErrorDetails.builder()
                            .errorCode("ProvisionedThroughputExceededException")
                            .errorMessage("too fast")
                            .build())
                    .message("too fast")
                    .build();
        }
    }

    @Override
    public SdkResponse modifyResponse(Context.ModifyResponse context, ExecutionAttributes attributes) {
        SdkResponse response = context.response();
        if (lost.test(context.request())) {
            throw ApiCallTimeoutException.create(1);
        }
        if (response instanceof BatchWriteItemResponse batch) {
            batch.consumedCapacity().forEach(each -> consumed("write", each));
            Map<String, List<WriteRequest>> left = attributes.getAttribute(LEFT_OUT);
            return batch.toBuilder().unprocessedItems(left).build();
        }
        if (response instanceof BatchGetItemResponse get) {
            get.consumedCapacity().forEach(each -> consumed("get", each));
        } else if (response instanceof UpdateItemResponse update && update.consumedCapacity() != null) {
            consumed("update", update.consumedCapacity());
        } else if (response instanceof QueryResponse query && query.consumedCapacity() != null) {
            consumed("query", query.consumedCapacity());
        } else if (response instanceof GetItemResponse get && get.consumedCapacity() != null) {
            consumed("item", get.consumedCapacity());
        } else if (response instanceof PutItemResponse put && put.consumedCapacity() != null) {
            consumed("put", put.consumedCapacity());
        }
        return response;
    }

    private void consumed(String operation, ConsumedCapacity capacity) {
        units.computeIfAbsent(operation, any -> new DoubleAdder()).add(capacity.capacityUnits());
    }
}
