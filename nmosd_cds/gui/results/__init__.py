"""What the advice says, on screen: result, evidence, report; one file each."""
