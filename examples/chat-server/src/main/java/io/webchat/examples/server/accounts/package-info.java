/** Who may sign in: user ids and passwords, their stores, and the limit of wrong passwords. */
@NullMarked
package io.webchat.examples.server.accounts;

import org.jspecify.annotations.NullMarked;
