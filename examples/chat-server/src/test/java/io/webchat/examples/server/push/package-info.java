/** Tests of pushes, with a push service of their own. */
@org.jspecify.annotations.NullMarked
package io.webchat.examples.server.push;
