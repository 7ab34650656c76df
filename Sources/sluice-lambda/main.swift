print("sluice-lambda")
