/**
 * Real DynamoDB Local servers for tests of this project and of applications, without Docker. Users of this test-jar add
 * {@code software.amazon.dynamodb:DynamoDBLocal} in test scope themselves, because its licence forbids redistribution.
 */
@NullMarked
package io.webchat.dynamo.testing;

import org.jspecify.annotations.NullMarked;
